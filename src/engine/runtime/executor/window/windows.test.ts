import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Plan } from '#engine/compile/plan.ts'
import { encodeTagged } from '#engine/record/tagged-json.ts'
import { LoneExecutor, planOf } from '#engine/runtime/executor/window/testing/lone-executor.ts'
import { streamOf } from '#engine/runtime/executor/window/testing/stream-of.ts'
import type { RddBody, RddId } from '#engine/runtime/rdd-spec.ts'
import { importModule } from '#engine/runtime/testing/import-module.ts'
import type { Payload } from '#engine/runtime/wire.ts'

// Windows by column against the same windows by pair: the same records in the same order, the same edits, the same failures, the same calls of functions
// that are not known; whatever was read before, also when an executor begins anew or reads an older window again.

type Pair = readonly [unknown, unknown]

interface Functions {
  readonly reduce: string
  readonly inverse: string
  readonly filter?: string
}

const known: readonly Functions[] = [
  { reduce: '(a, b) => a + b', inverse: '(a, b) => a - b' },
  { reduce: '(a, b) => a + b', inverse: '(a, b) => a - b', filter: '([, value]) => value !== 0' },
  { reduce: '(a, b) => a + b', inverse: '(a, b) => a - b', filter: '([, value]) => value > 0' },
  { reduce: '(a, b) => Math.max(a, b)', inverse: '(a, b) => a' },
  { reduce: '(a, b) => (a < b ? a : b)', inverse: '(a, b) => b' },
]
const others: readonly Functions[] = [
  { reduce: '(a, b) => { bc("+", a, b); return a + b }', inverse: '(a, b) => { bc("-", a, b); return a - b }' },
  {
    reduce: '(a, b) => { bc("x", a, b); if (b === 3) throw new Error("three"); return a === 2 ? "two" : a }',
    inverse: '(a, b) => { bc("y", a, b); if (b === 2.5) throw new Error("two and a half"); return b }',
    filter: '(pair) => { bc("?", ...pair); return pair[1] !== 4 }',
  },
]

const plainKey = fc.oneof(
  { weight: 8, arbitrary: fc.nat({ max: 12 }).map((n) => `key ${n}`) },
  { weight: 1, arbitrary: fc.constantFrom(null, 0, 1, Number.NaN, undefined, true, '\0', 5n) },
)
const manyKeys = fc.nat({ max: 150 }).map((n) => `key ${n}`)
const passingKeys = fc.nat({ max: 1_000_000 })
const anyKey = fc.oneof(
  { weight: 6, arbitrary: plainKey },
  { weight: 1, arbitrary: fc.constantFrom(-0, [1, 'a'], { a: 1, b: 2 }, { b: 2, a: 1 }, new Date(0)) },
)
const integer = fc.integer({ min: -3, max: 4 })
const number = fc.oneof(
  integer,
  fc.constantFrom(0.1, 2.5, -0, Number.NaN, 1e300, Number.MAX_SAFE_INTEGER, Number.POSITIVE_INFINITY),
)
const anyValue = fc.oneof({ weight: 3, arbitrary: number }, fc.constantFrom('', 'text', null, undefined, 7n, true, [1]))

/** Batches of input partitions of pairs; nearly all are of one sort. */
const batches = fc
  .tuple(
    fc.constantFrom(plainKey, plainKey, manyKeys, passingKeys, anyKey),
    fc.constantFrom(
      integer,
      integer,
      integer.filter((each) => each >= 0),
      number,
      anyValue,
    ),
    fc.nat({ max: 40 }),
  )
  .chain(([key, value, most]) =>
    fc.array(fc.array(fc.array(fc.tuple(key, value), { maxLength: most }), { minLength: 1, maxLength: 2 }), {
      minLength: 3,
      maxLength: 14,
    }),
  )

/** What happens at a batch beside its being made. */
const event = fc.record({
  /** Nobody reads the windows of this batch. */
  idle: fc.boolean(),
  /** Reads those of so many slides ago once more. */
  again: fc.option(fc.nat({ max: 4 }), { freq: 3, nil: undefined }),
  /** The executor is lost: a new one knows only the lineage. */
  lost: fc.nat({ max: 9 }).map((each) => each === 0),
  /** The stream has no RDD here. */
  none: fc.nat({ max: 9 }).map((each) => each === 0),
})

const scenario = fc.record({
  functions: fc.constantFrom(...known, ...known, ...others),
  batches,
  events: fc.array(event, { minLength: 14, maxLength: 14 }),
  window: fc.integer({ min: 1, max: 6 }),
  slide: fc.constantFrom(1, 1, 1, 2, 3),
  partitions: fc.integer({ min: 1, max: 2 }),
})
type Scenario = typeof scenario extends fc.Arbitrary<infer Each> ? Each : never

const plans = new Map<string, Plan>()

function planFor({ reduce, inverse, filter }: Functions, partitions: number): Plan {
  const name = JSON.stringify([reduce, inverse, filter, partitions])
  const shared = { reduce, windowMs: 4000, slideMs: 1000, numPartitions: partitions }
  const plan =
    plans.get(name) ??
    planOf(
      {
        anew: ['reduceByKeyAndWindow', shared],
        onward: ['reduceByKeyAndWindow', { ...shared, inverse, ...(filter === undefined ? {} : { filter }) }],
      },
      partitions,
    )
  plans.set(name, plan)
  return plan
}

/** The RDDs of a run, told batch by batch. */
class Run {
  readonly log: string[] = []
  readonly told: string[] = []
  private readonly scenario: Scenario
  private readonly plan: Plan
  private readonly isByColumn: boolean
  private executor: LoneExecutor | undefined
  /** Those with an RDD. */
  private readonly batches: number[] = []
  private last = 0

  constructor(given: Scenario, isByColumn: boolean) {
    this.scenario = given
    this.plan = planFor(given.functions, given.partitions)
    this.isByColumn = isByColumn
  }

  async run(): Promise<void> {
    await this.begin()
    const { batches: all, events, slide } = this.scenario
    for (let batch = 1; batch <= all.length; batch++) {
      const { idle, again, lost, none } = events[batch - 1] ?? {}
      if (lost === true) await this.begin()
      if (none !== true) this.batches.push(batch)
      this.tell(batch)
      this.last = batch
      if (batch % slide !== 0) continue
      if (idle !== true) await this.read(batch)
      if (again !== undefined && batch - again * slide > 0) await this.read(batch - again * slide)
    }
  }

  /** A new executor, told all there was. */
  private async begin(): Promise<void> {
    const bc = (...given: unknown[]): number => this.log.push(JSON.stringify(encodeTagged(given)))
    this.executor = await LoneExecutor.start(this.plan, { importModule, bc, isByColumn: this.isByColumn, spareIds: 8 })
    for (let batch = 1; batch <= this.last; batch++) this.tell(batch)
  }

  private async read(batch: number): Promise<void> {
    for (const id of [idOf(batch, 3), idOf(batch, 5)]) this.told.push(`${id}: ${await this.executor?.read(id)}`)
  }

  private tell(batch: number): void {
    const { executor, plan } = this
    if (executor === undefined) return
    const timeMs = batch * 1000
    const derived = (...parents: readonly RddId[]) => ({ kind: 'derived', parents }) as const
    if (this.batches.includes(batch)) {
      const parts = this.scenario.batches[batch - 1] ?? []
      const payloads = new Map(parts.map((pairs, partition) => [partition, payloadOf(pairs)]))
      executor.add(
        idOf(batch, 0),
        streamOf(plan, 'rows', 'source'),
        timeMs,
        { kind: 'blocks', partitions: parts.length },
        payloads,
      )
      executor.add(idOf(batch, 6), streamOf(plan, 'pairs', 'narrow'), timeMs, derived(idOf(batch, 0)))
      executor.add(idOf(batch, 1), streamOf(plan, 'anew', 'shuffled'), timeMs, derived(idOf(batch, 6)))
      executor.add(idOf(batch, 4), streamOf(plan, 'onward', 'shuffled'), timeMs, derived(idOf(batch, 6)))
    }
    const { window, slide } = this.scenario
    if (batch % slide !== 0) return
    const begin = batch - window + 1
    const panes = this.ids(begin, batch, 1)
    const previous = batch - slide > 0 ? this.ids(begin - slide, batch - slide, 1) : undefined
    const leaving = previous?.filter((id) => id < (panes[0] ?? Number.POSITIVE_INFINITY)).length ?? 0
    const slid: RddBody = {
      kind: 'slid',
      previous: idOf(batch - slide, 2),
      leaving,
      entering: panes.slice((previous?.length ?? 0) - leaving),
    }
    const isSlid = this.isByColumn && previous !== undefined
    executor.add(idOf(batch, 2), streamOf(plan, 'anew', 'windowed'), timeMs, isSlid ? slid : derived(...panes))
    executor.add(idOf(batch, 3), streamOf(plan, 'anew', 'shuffled', 1), timeMs, derived(idOf(batch, 2)))
    const before = batch - slide
    executor.add(idOf(batch, 5), streamOf(plan, 'onward', 'reducedWindow'), timeMs, {
      kind: 'reducedWindow',
      previous: before > 0 ? idOf(before, 5) : undefined,
      old: this.ids(begin - slide, begin - 1, 4),
      recent: this.ids(before + 1, batch, 4),
    })
  }

  private ids(from: number, to: number, role: number): readonly RddId[] {
    return this.batches.filter((batch) => batch >= from && batch <= to).map((batch) => idOf(batch, role))
  }
}

const idOf = (batch: number, role: number): RddId => batch * 10 + role

function payloadOf(pairs: readonly Pair[]): Payload {
  return { kind: 'tagged', text: JSON.stringify(encodeTagged(pairs)) }
}

test('windows by column are windows by pair', { timeout: 600_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(scenario, async (given) => {
      const [byColumn, byPair] = [new Run(given, true), new Run(given, false)]
      await byPair.run()
      await byColumn.run()
      expect(byColumn.told).toEqual(byPair.told)
      if (others.includes(given.functions)) expect(byColumn.log).toEqual(byPair.log)
    }),
    { numRuns: Number(process.env.SLUICE_WINDOWS ?? 150) },
  )
})
