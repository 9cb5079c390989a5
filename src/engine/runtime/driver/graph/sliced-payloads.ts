import type { Json } from '#engine/model/json.ts'
import { evenSlices } from '#engine/record/slices.ts'
import type { BlockPayload } from '#engine/runtime/wire.ts'

/** Tagged records cut into even slices, as `parallelize` does.
 *  Source: ParallelCollectionRDD.slice; dstream-semantics §10.1 */
export function slicedPayloads(records: readonly Json[], partitions: number): readonly BlockPayload[] {
  const bounds = evenSlices(records.length, partitions)
  return Array.from(
    { length: partitions },
    (_, index) => ({ kind: 'tagged', text: JSON.stringify(records.slice(bounds[index], bounds[index + 1])) }) as const,
  )
}
