import { findGenerator } from '#engine/generators/generator.ts'
import { type Row, rowMaker } from '#engine/generators/row.ts'
import { invariant } from '#engine/model/invariant.ts'
import { evenSlices } from '#engine/record/slices.ts'
import type { Evaluation } from '#engine/runtime/executor/rdds/evaluation.ts'
import type { Rdd, Records } from '#engine/runtime/executor/rdds/rdd.ts'

/** The rows of one partition of a simulated batch: each depends on its index alone, so any executor can make it at any time. */
export function computeSimulated(rdd: Rdd, partition: number, evaluation: Evaluation): Records {
  const { spec, node } = rdd.stream
  const { body } = rdd.spec
  invariant(body.kind === 'simulated' && spec.kind === 'source' && spec.feed.kind === 'simulated', 'kinds agree')
  const { feed } = spec
  const { plan } = evaluation.tools
  const { pattern, rowsPerSecond, jitterMs, lateFraction } = feed
  const rowAt = rowMaker({
    seed: plan.plan.seed,
    streamName: node,
    zeroMs: body.zeroMs,
    pattern,
    rowsPerSecond,
    jitterMs,
    lateFraction,
  })
  const make = maker(feed, evaluation)
  const bounds = evenSlices(body.to - body.from, feed.partitions)
  const records: unknown[] = []
  for (let index = bounds[partition] ?? 0; index < (bounds[partition + 1] ?? 0); index++)
    records.push(make(rowAt(body.from + index)))
  return records
}

type SimulatedFeed = Extract<Extract<Rdd['stream']['spec'], { kind: 'source' }>['feed'], { kind: 'simulated' }>

function maker(feed: SimulatedFeed, { tools: { plan } }: Evaluation): (row: Row) => unknown {
  if (feed.generator.kind === 'custom') {
    const ref = feed.generator.fn
    const fn = plan.fn(ref)
    return (row) => {
      try {
        return fn(row.index, row.random, row.timeMs)
      } catch (thrown) {
        throw plan.failure(thrown, ref, row.index)
      }
    }
  }
  const generator = findGenerator(feed.generator.name)
  invariant(generator !== undefined, `generator ${feed.generator.name} was checked`)
  if (feed.text && generator.kind === 'records') return (row) => JSON.stringify(generator.generate(row))
  return generator.generate
}
