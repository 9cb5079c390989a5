import type { CloseLook } from '#engine/model/batch-data.ts'
import { pickRank, pickSeed } from '#engine/runtime/pick-rank.ts'
import type { NodeReport } from '#engine/runtime/wire.ts'

/** Puts together what executors took down of a node that is looked at: the first `most` records of all, and of the others `most` that each had
 *  the same chance. Where there are no more others, all of them.
 *  Shape: partitions in order, each with its first `most` records and its 2 × `most` lowest ranks: as many as that lie among the first */
export function mergeLook(timeMs: number, partitions: NodeReport['partitions'], most: number): CloseLook {
  const first: CloseLook['first'][number][] = []
  const others: { partition: number; index: number; record: CloseLook['first'][number]; rank: number }[] = []
  for (const { partition, sample, picked = [] } of partitions) {
    const shown = sample.slice(0, most - first.length)
    first.push(...shown)
    const seed = pickSeed(timeMs, partition)
    for (const [index, record] of picked)
      if (index >= shown.length) others.push({ partition, index, record, rank: pickRank(seed, index) })
  }
  const picked = others
    .sort((a, b) => a.rank - b.rank || a.partition - b.partition)
    .slice(0, most)
    .sort((a, b) => a.partition - b.partition || a.index - b.index)
    .map(({ partition, index, record }) => ({ partition, index, record }))
  return { first, picked }
}
