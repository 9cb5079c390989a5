import type { Goal } from './case.ts'
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
const HEAD = ['| goal | measured | 90 % between | target | guard | |', '|---|---|---|---|---|---|']

/** What a document shows of the cases: their tables by name, and the goals' rows by label. */
export interface Shown {
  readonly tables: Readonly<Record<string, string>>
  readonly rows: Readonly<Record<string, string>>
}

/** The tables of cases and the goals' rows, for the terminal. */
export function printResults(results: Readonly<Record<string, CaseResult>>, verdicts: readonly Verdict[] = []): string {
  const tables = Object.values(results).map((result) => printCase(result))
  return [...tables, ...(verdicts.length === 0 ? [] : [[...HEAD, ...verdicts.map(printVerdict)].join('\n')])].join(
    '\n\n',
  )
}

/** One table a case; Markdown. The first variant is what the others are compared with. */
export function printCase({ title, records, measurements, noise, rounds }: CaseResult, date?: string): string {
  const noisy = isTooNoisy(noise) ? ' Too noisy to judge.' : ''
  return [
    `**${title}**, ${rounds} rounds${date === undefined ? '' : `, ${date}`}.${noisy}`,
    '',
    `| | time over that of ${measurements[0]?.name} | 10 to 90 of 100 rounds | ns a record |`,
    '|---|---|---|---|',
    ...measurements.map(({ name, ratios, sliceMs }) => {
      const [middle, low, high] = [0.5, 0.1, 0.9].map((share) => quantile(ratios, share).toFixed(2))
      const each = (sliceMs * 1e6) / records
      return `| ${name} | ${middle} | ${low} to ${high} | ${each.toFixed(each < 10 ? 1 : 0)} |`
    }),
  ].join('\n')
}

export function labelOf({ case: name, over, under }: Goal): string {
  return `${name}: ${over} / ${under}`
}

export function printVerdict({ goal, summary, isReached, isBroken }: Verdict): string {
  const sign = goal.kind === 'most' ? '≤' : '≥'
  const word = isBroken ? 'guard broken' : isReached ? 'reached' : 'missed'
  return `| ${labelOf(goal)} | ${summary.median.toFixed(2)} | ${summary.low.toFixed(2)} to ${summary.high.toFixed(2)} | ${sign} ${goal.target} | ${sign} ${goal.guard} | ${word} |`
}

export function printMachine({ cpu, cores, browser, node, load, date }: Machine): string {
  return `Last run ${date} on ${cores} cores (${cpu}), Chromium ${browser}, Node ${node}, load average before it ${load.join(', ')}.`
}

/** The tables and rows that a document shows, as `replaceTable` has put them there. */
export function readShown(document: string): Shown {
  const [, text = ''] = cut(document)
  const [cases = '', goals = ''] = text.split(HEAD.join('\n'))
  const parts = cases.split(/^<!-- case (\w+) -->$/m).slice(1)
  const tables: Record<string, string> = {}
  for (let at = 0; at + 1 < parts.length; at += 2) tables[parts[at] ?? ''] = (parts[at + 1] ?? '').trim()
  const rows = goals.split('\n').filter((line) => line.startsWith('|'))
  return { tables, rows: Object.fromEntries(rows.map((row) => [row.split('|')[1]?.trim() ?? '', row])) }
}

/** The document with what it shows replaced: what `shown` has of the cases and goals named, in their order.
 *  Fails: throws when the marks are missing */
export function replaceTable(
  document: string,
  machine: Machine,
  shown: Shown,
  cases: readonly string[],
  goals: readonly Goal[],
): string {
  const [before, , after] = cut(document)
  const tables = cases.flatMap((name) =>
    shown.tables[name] === undefined ? [] : [`<!-- case ${name} -->\n${shown.tables[name]}`],
  )
  const rows = goals.flatMap((goal) => shown.rows[labelOf(goal)] ?? [])
  return [before, printMachine(machine), ...tables, [...HEAD, ...rows].join('\n'), after].join('\n\n')
}

function cut(document: string): readonly [before: string, shown: string, after: string] {
  const start = document.indexOf(START)
  const end = document.indexOf(END)
  if (start < 0 || end < start) throw new Error('BENCHMARKS.md has lost the marks of its table')
  const from = start + START.length
  return [document.slice(0, from), document.slice(from, end), document.slice(end)]
}
