import type { Measured } from './measure.ts'
import { mean, quantile, shareOf } from './timings.ts'

const START = '<!-- checkpoint costs: written by npm run bench:checkpoint-browser -->'
const END = '<!-- end of checkpoint costs -->'

export interface Verdict {
  readonly what: string
  readonly measured: number
  readonly goal: number
  readonly guard: number
  readonly word: 'reached' | 'missed' | 'guard broken'
}

/** Shares of a batch of words that its checkpoint may have the workers blocked for, by number of keys. */
const goals: Readonly<Record<number, readonly [goal: number, guard: number]>> = {
  100000: [0.03, 0.06],
  1000000: [0.05, 0.1],
}
const WORST_KEYS = 1_000_000
/** Of the batch that is blocked longest, over a usual one: what a state that is told whole has anybody wait for. */
const WORST_GOALS = [0.25, 0.5] as const

/** Of all batches together: those that are long by chance weigh no more than they took. */
function averageShare({ usual }: Measured): number {
  return (
    mean(usual.map(({ driverMs, executorMs }) => driverMs + executorMs)) / mean(usual.map(({ batchMs }) => batchMs))
  )
}

/** What the workers are blocked for to tell all partitions whole, in all batches that it takes together, beyond what edits take. */
function wholeMs({ usual, telling, stateChars }: Measured): number {
  const extraMs = mean(telling.map(blockedOf)) - mean(usual.map(blockedOf))
  return extraMs * (stateChars / mean(telling.map(({ wholeChars }) => wholeChars)))
}

const usualMs = ({ usual }: Measured): number =>
  quantile(
    usual.map(({ batchMs }) => batchMs),
    0.5,
  )

const worstOf = (costs: Measured['usual']): number => Math.max(...costs.map(blockedOf))

const blockedOf = ({ driverMs, executorMs }: Measured['usual'][number]): number => driverMs + executorMs

export function judge(all: readonly Measured[]): readonly Verdict[] {
  const verdict = (what: string, measured: number, goal: number, guard: number): Verdict => ({
    what,
    measured,
    goal,
    guard,
    word: measured <= goal ? 'reached' : measured <= guard ? 'missed' : 'guard broken',
  })
  // Of the least batch there is nothing to be said: it shows what a checkpoint takes beside next to nothing.
  const telling = all.filter(({ scene: { load } }) => load === 'words')
  return telling.flatMap((each) => {
    const { keys } = each.scene
    const own = goals[keys]
    return [
      ...(own === undefined ? [] : [verdict(`${nameOf(each)}: what became other`, averageShare(each), ...own)]),
      ...(keys === WORST_KEYS
        ? [
            verdict(
              `${nameOf(each)}: the worst batch`,
              worstOf([...each.usual, ...each.telling]) / usualMs(each),
              ...WORST_GOALS,
            ),
          ]
        : []),
    ]
  })
}

const nameOf = ({ scene: { operator, keys, load } }: Measured): string =>
  `${operator}, ${keys.toLocaleString('en')} keys, ${load}`
const ms = (value: number): string => value.toFixed(value < 10 ? 1 : 0)
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`
const kilobytes = (chars: number): string => `${Math.round(chars / 1000)} kB`

/** Markdown: the usual batch, one that stores pieces too, recovery, goals. */
export function printCosts(all: readonly Measured[], verdicts: readonly Verdict[]): string {
  return [printUsual(all), printTelling(all), printRecovery(all), printVerdicts(verdicts)].join('\n\n')
}

function printUsual(all: readonly Measured[]): string {
  return table(
    '| usual batch | batches | takes, ms | driver blocked, ms | executor blocked, ms | share of the batch, average | median (10 to 90 of 100) | stored after, ms | written |',
    all.map((each) => {
      const { usual } = each
      const of = (pick: (cost: (typeof usual)[number]) => number, share = 0.5): number =>
        quantile(usual.map(pick), share)
      const chars = mean(usual.map(({ editChars, otherChars }) => editChars + otherChars))
      const between = `${percent(of(shareOf))} (${percent(of(shareOf, 0.1))} to ${percent(of(shareOf, 0.9))})`
      return [
        nameOf(each),
        usual.length,
        ms(of(({ batchMs }) => batchMs)),
        ms(of(({ driverMs }) => driverMs)),
        ms(of(({ executorMs }) => executorMs)),
        percent(averageShare(each)),
        between,
        ms(of(({ storedMs }) => storedMs)),
        kilobytes(chars),
      ]
    }),
  )
}

function printTelling(all: readonly Measured[]): string {
  return table(
    '| a batch that stores pieces of wholes too | batches | driver blocked, ms | executor blocked, ms | share of a usual batch, median (90 of 100) | the worst | the worst without pieces | all of the state | takes batches | and in all, ms | over a usual batch |',
    all.map((each) => {
      const { usual, telling, stateChars } = each
      if (telling.length === 0) return [nameOf(each), 0, ...Array.from({ length: 9 }, () => '–')]
      const of = (pick: (cost: (typeof telling)[number]) => number, share = 0.5): number =>
        quantile(telling.map(pick), share)
      const shareOfUsual = (blockedMs: number): string => percent(blockedMs / usualMs(each))
      return [
        nameOf(each),
        telling.length,
        ms(of(({ driverMs }) => driverMs)),
        ms(of(({ executorMs }) => executorMs)),
        `${shareOfUsual(of(blockedOf))} (${shareOfUsual(of(blockedOf, 0.9))})`,
        shareOfUsual(worstOf(telling)),
        shareOfUsual(worstOf(usual)),
        kilobytes(stateChars),
        Math.ceil(stateChars / mean(telling.map(({ wholeChars }) => wholeChars))),
        ms(wholeMs(each)),
        percent(wholeMs(each) / usualMs(each)),
      ]
    }),
  )
}

function printRecovery(all: readonly Measured[]): string {
  return table(
    '| recovery: the page is loaded anew | state | put in place after, ms | next batch complete after, ms |',
    all.map((each) => [nameOf(each), kilobytes(each.stateChars), ms(each.restoredMs), ms(each.nextBatchMs)]),
  )
}

function printVerdicts(verdicts: readonly Verdict[]): string {
  return table(
    '| goal: blocked / batch | measured | goal | guard | |',
    verdicts.map(({ what, measured, goal, guard, word }) => [
      what,
      percent(measured),
      `≤ ${percent(goal)}`,
      `≤ ${percent(guard)}`,
      word,
    ]),
  )
}

function table(head: string, rows: readonly (readonly (string | number)[])[]): string {
  const rule = head.replace(/[^|]+/g, '---')
  return [head, rule, ...rows.map((row) => `| ${row.join(' | ')} |`)].join('\n')
}

/** The document with these tables in place of those before.
 *  Fails: throws when the marks are missing */
export function replaceCosts(document: string, text: string): string {
  const start = document.indexOf(START)
  const end = document.indexOf(END)
  if (start < 0 || end < start) throw new Error('BENCHMARKS.md has lost the marks of its checkpoint tables')
  return `${document.slice(0, start + START.length)}\n\n${text}\n\n${document.slice(end)}`
}
