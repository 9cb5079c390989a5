import type { NodeBatch } from '#engine/model/batch-data.ts'
import type { Json } from '#engine/model/json.ts'
import { decodeTagged } from '#engine/record/tagged-json.ts'
import type { LookRow } from '#ui/engine/looks-client.ts'
import type { RecordRow } from '#ui/table/RecordTable.tsx'

/** The sampled records of a node's batch with their places; the sample is a prefix in partition order. */
export function listRecords(batch: Pick<NodeBatch, 'partitions' | 'sample'>): readonly RecordRow[] {
  const rows: RecordRow[] = []
  let next = 0
  for (const [partition, count] of batch.partitions.entries()) {
    for (let index = 0; index < count && next < batch.sample.length; index++, next++) {
      rows.push({ partition, index, value: decode(batch.sample[next]) })
    }
  }
  return rows
}

export function readLookRow([partition, index, record]: LookRow): RecordRow {
  return { partition, index, value: decode(record) }
}

/** Executors run strangers' code: what they call a record but is none is shown as it came. */
function decode(json: Json | undefined): unknown {
  try {
    return decodeTagged(json)
  } catch {
    return json
  }
}

/** `3 + 2`, the records of each partition; a long list is cut and its length told. */
export function printPartitions(partitions: readonly number[], format: (count: number) => string): string {
  const most = 12
  const shown = partitions.slice(0, most).map(format).join(' + ')
  return partitions.length > most ? `${shown} + … (${format(partitions.length)})` : shown
}
