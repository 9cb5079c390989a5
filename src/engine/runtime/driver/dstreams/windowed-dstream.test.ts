import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Told } from '#engine/runtime/driver/executors/batch-order.ts'
import type { RddHandle } from '#engine/runtime/driver/graph/lineage.ts'
import { parentIds, type RddId } from '#engine/runtime/rdd-spec.ts'
import { makeGraph } from '#engine/runtime/testing/graph-bench.ts'

// Windows that go on from the one before against windows that are made anew each time, and what executors that follow what they are told make of it.

const BATCHES = 24
const inMs = (batches: number): number => batches * 1000

const scenario = fc.record({
  /** null: this entry of the queue is a batch without an RDD, until somebody asks again. */
  queue: fc.array(fc.option(fc.constant([1]), { freq: 3 }), { maxLength: 2 * BATCHES }),
  inner: fc.record({ window: fc.integer({ min: 1, max: 6 }), slide: fc.integer({ min: 1, max: 3 }) }),
  outer: fc.record({ window: fc.integer({ min: 1, max: 4 }), slide: fc.integer({ min: 1, max: 3 }) }),
  /** What happens before a batch. */
  events: fc.array(
    fc.constantFrom(undefined, undefined, undefined, 'gap', 'newExecutors', 'fewerStreams', 'notTold', 'again'),
    { minLength: BATCHES, maxLength: BATCHES },
  ),
})
type Scenario = typeof scenario extends fc.Arbitrary<infer Each> ? Each : never

function graphOf({ queue, inner, outer }: Scenario) {
  const made = makeGraph({
    a: ['queueStream', { batches: queue.map((each) => each ?? null) }],
    map: ['map', { fn: 'x => x' }, 'a'],
    inner: ['window', { windowMs: inMs(inner.window), slideMs: inMs(inner.slide) }, 'map'],
    outer: [
      'window',
      { windowMs: inMs(outer.window * inner.slide), slideMs: inMs(outer.slide * inner.slide) },
      'inner',
    ],
    innerOut: ['print', {}, 'inner'],
    outerOut: ['print', {}, 'outer'],
  })
  made.graph.start(0)
  return made
}

/** Executors that know the parents of what they were told. */
class Knowledge {
  readonly told = new Told()
  private readonly known = new Set<RddId>()
  /** Of those that are no longer known as well: others may go on from them. */
  readonly parents = new Map<RddId, readonly RddId[]>()

  tell(rdd: RddHandle): void {
    const { specs } = this.told.tell({ output: 0, rdd })
    for (const id of this.told.takeForgotten()) this.known.delete(id)
    for (const { id, body } of specs) {
      for (const each of parentIds(body)) expect(this.known.has(each)).toBe(true)
      const staying = body.kind === 'slid' ? this.parents.get(body.previous)?.slice(body.leaving) : undefined
      this.known.add(id)
      this.parents.set(id, staying === undefined ? parentIds(body) : [...staying, ...parentIds(body).slice(1)])
    }
  }
}

/** All RDDs below, with their parents. */
function lineageOf(rdd: RddHandle, into = new Map<RddId, readonly RddId[]>()): ReadonlyMap<RddId, readonly RddId[]> {
  into.set(
    rdd.spec.id,
    rdd.parents.map(({ spec }) => spec.id),
  )
  for (const parent of rdd.parents) if (!into.has(parent.spec.id)) lineageOf(parent, into)
  return into
}

test('windows that go on are windows made anew, and executors know all of their panes', { timeout: 600_000 }, () => {
  fc.assert(
    fc.property(scenario, (given) => {
      const [going, anew] = [graphOf(given), graphOf(given)]
      // With a checkpoint, which is never due here, no window goes on from the one before.
      for (const node of ['inner', 'outer']) anew.streamOf(node).checkpointMs = inMs(1_000_000)
      const lasting = new Set(['map', 'inner'].map((node) => going.streamOf(node).stream.id))
      let executors = new Knowledge()
      for (let batch = 1; batch <= BATCHES; batch++) {
        const event = given.events[batch - 1]
        const timeMs = inMs(batch)
        if (event === 'gap') {
          for (const { context } of [going, anew]) context.gaps.add([timeMs, timeMs], inMs(1))
          continue
        }
        if (event === 'newExecutors') executors = new Knowledge()
        if (event === 'fewerStreams') executors.told.keepOnly(lasting)
        // A slice asks for earlier windows.
        if (event === 'again') for (const { streamOf } of [going, anew]) streamOf('outer').slice(timeMs - 3000, timeMs)
        const [jobs, expected] = [going.graph.generateJobs(timeMs), anew.graph.generateJobs(timeMs)]
        expect(jobs.map(({ rdd }) => [...lineageOf(rdd)])).toEqual(expected.map(({ rdd }) => [...lineageOf(rdd)]))
        for (const { rdd } of jobs) {
          if (event === 'notTold') continue
          executors.tell(rdd)
          const lineage = lineageOf(rdd)
          for (const [id, parents] of lineage) expect(executors.parents.get(id)).toEqual(parents)
        }
        executors.told.forget(going.graph.clearMetadata(timeMs))
        anew.graph.clearMetadata(timeMs)
      }
    }),
    { numRuns: Number(process.env.SLUICE_WINDOWS ?? 1000) / 20 },
  )
})
