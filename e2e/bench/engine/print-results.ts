import type { Verdict } from './judge.ts'
import type { CaseResult } from './kernel.ts'
import { isTooNoisy, quantile } from './paired.ts'

export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly browser: string
  readonly node: string
  readonly load: readonly number[]
  readonly date: string
}

const START = '<!-- table: written by npm run bench -->'
const END = '<!-- end of table -->'

/** One table a case, and one of the goals; Markdown. */
export function printResults(results: Readonly<Record<string, CaseResult>>, verdicts: readonly Verdict[] = []): string {
  const tables = Object.values(results).map(({ title, records, measurements, noise, rounds }) => {
    const noisy = isTooNoisy(noise) ? ' Too noisy to judge.' : ''
    return [
      `**${title}**, ${rounds} rounds.${noisy}`,
      '',
      '| | time over the hand loop’s | 10 to 90 of 100 rounds | ns a record |',
      '|---|---|---|---|',
      ...measurements.map(({ name, ratios, sliceMs }) => {
        const [middle, low, high] = [0.5, 0.1, 0.9].map((share) => quantile(ratios, share).toFixed(2))
        return `| ${name} | ${middle} | ${low} to ${high} | ${((sliceMs * 1e6) / records).toFixed(0)} |`
      }),
    ].join('\n')
  })
  return [...tables, ...(verdicts.length === 0 ? [] : [printVerdicts(verdicts)])].join('\n\n')
}

function printVerdicts(verdicts: readonly Verdict[]): string {
  return [
    '| goal | measured | 90 % between | target | guard | |',
    '|---|---|---|---|---|---|',
    ...verdicts.map(({ goal, summary, isReached, isBroken }) => {
      const sign = goal.kind === 'most' ? '≤' : '≥'
      const word = isBroken ? 'guard broken' : isReached ? 'reached' : 'missed'
      return `| ${goal.case}: ${goal.over} / ${goal.under} | ${summary.median.toFixed(2)} | ${summary.low.toFixed(2)} to ${summary.high.toFixed(2)} | ${sign} ${goal.target} | ${sign} ${goal.guard} | ${word} |`
    }),
  ].join('\n')
}

export function printMachine({ cpu, cores, browser, node, load, date }: Machine): string {
  return `Measured ${date} on ${cores} cores (${cpu}), Chromium ${browser}, Node ${node}, load average before the run ${load.join(', ')}.`
}

/** The document with its table replaced.
 *  Fails: throws when the marks are missing */
export function replaceTable(document: string, table: string): string {
  const start = document.indexOf(START)
  const end = document.indexOf(END)
  if (start < 0 || end < start) throw new Error('BENCHMARKS.md has lost the marks of its table')
  return `${document.slice(0, start + START.length)}\n\n${table}\n\n${document.slice(end)}`
}
