import type { Json } from '#engine/model/json.ts'
import { describeValue } from '#engine/record/describe.ts'
import { RecordError } from '#engine/record/record-error.ts'
import { encodeTagged } from '#engine/record/tagged-json.ts'
import type { Rdd, Records } from '#engine/runtime/executor/rdds/rdd.ts'
import type { BatchOrder, NodeReport } from '#engine/runtime/wire.ts'
import { JobFailure, messageOf, recordText } from './step-failure.ts'

/** Characters of one sample record's text; larger records are shown shortened. */
const MAX_SAMPLE_CHARS = 4_000

/** Counts and first records of each visible stream's partitions in the current batch. */
export class Meter {
  private readonly keep: BatchOrder['keep']
  private readonly timeMs: number
  private readonly nodes = new Map<string, { partition: number; records: number; sample: readonly Json[] }[]>()

  constructor(order: Pick<BatchOrder, 'keep' | 'timeMs'>) {
    this.keep = order.keep
    this.timeMs = order.timeMs
  }

  /** How many sample records are wanted of a partition; 0 when it needs no metering. */
  limitOf(rdd: Rdd, partition: number): number {
    if (!this.wants(rdd, partition)) return 0
    return rdd.stream.node === this.keep.node ? this.keep.watched : this.keep.usual
  }

  wants(rdd: Rdd, partition: number): boolean {
    return rdd.stream.visible && rdd.spec.timeMs === this.timeMs && !rdd.metered.has(partition)
  }

  /** Takes down a partition once; `sample` are its first records, at least as many as the limit where there are.
   *  Fails: throws a JobFailure when a sample is no record. */
  record(rdd: Rdd, partition: number, count: number, sample: Records): void {
    if (!this.wants(rdd, partition)) return
    const limit = this.limitOf(rdd, partition)
    rdd.metered.add(partition)
    const { node } = rdd.stream
    const reports = this.nodes.get(node) ?? []
    this.nodes.set(node, reports)
    const shown = sample.slice(0, limit).map((record) => short(encodeRecord(record, node)))
    reports.push({ partition, records: count, sample: shown })
  }

  /** What has been taken down since the last report. */
  report(): readonly NodeReport[] {
    const reports = [...this.nodes].map(([node, partitions]) => ({
      node,
      partitions: partitions.sort((a, b) => a.partition - b.partition),
    }))
    this.nodes.clear()
    return reports
  }
}

const WHAT_RECORDS_ARE =
  'Records are undefined, null, booleans, numbers, strings, bigints, dates, arrays and plain objects.'

/** The tagged form of a record.
 *  Fails: throws a JobFailure that names the node when the value is no record. */
export function encodeRecord(record: unknown, node: string): Json {
  try {
    return encodeTagged(record)
  } catch (error) {
    throw refusal(error, record, node)
  }
}

/** The failure of a node whose value could not be written as a record. */
export function refusal(error: unknown, record: unknown, node: string): JobFailure {
  return new JobFailure({
    node,
    message: error instanceof RecordError ? `${error.message} ${WHAT_RECORDS_ARE}` : messageOf(error),
    record: recordText(record),
  })
}

function short(json: Json): Json {
  if (typeof json === 'number' || typeof json === 'boolean' || json === null) return json
  return JSON.stringify(json).length > MAX_SAMPLE_CHARS ? describeValue(json, MAX_SAMPLE_CHARS) : json
}
