import type { Json } from '#engine/model/json.ts'
import { describeValue } from '#engine/record/describe.ts'
import { RecordError } from '#engine/record/record-error.ts'
import { encodeTagged } from '#engine/record/tagged-json.ts'
import type { Rdd, Records } from '#engine/runtime/executor/rdds/rdd.ts'
import type { BatchOrder, NodeReport } from '#engine/runtime/wire.ts'
import { RecordPicks, RecordTaker } from './record-taker.ts'
import { JobFailure, messageOf, recordText } from './step-failure.ts'

/** Characters of one sample record's text; larger records are shown shortened. */
const MAX_SAMPLE_CHARS = 4_000
/** Characters of the records of a node that is looked at, in one job: beyond them each is shown shorter, and twice as many are all. */
const LOOK_CHARS = 4_000_000
const SHORT_CHARS = 200

/** Counts and first records of each visible stream's partitions in the current batch. */
export class Meter {
  private readonly keep: BatchOrder['keep']
  private readonly timeMs: number
  private readonly nodes = new Map<string, NodeReport['partitions'][number][]>()
  private lookChars = 0

  constructor(order: Pick<BatchOrder, 'keep' | 'timeMs'>) {
    this.keep = order.keep
    this.timeMs = order.timeMs
  }

  /** Who takes a partition's records down; undefined when it needs no metering. */
  taker(rdd: Rdd, partition: number): RecordTaker | undefined {
    if (!this.wants(rdd, partition)) return undefined
    const { node, usual, watched } = this.keep
    if (rdd.stream.node !== node || this.lookChars > 2 * LOOK_CHARS) return new RecordTaker(usual)
    return new RecordTaker(watched, new RecordPicks(2 * watched, this.timeMs, partition))
  }

  wants(rdd: Rdd, partition: number): boolean {
    return rdd.stream.visible && rdd.spec.timeMs === this.timeMs && !rdd.metered.has(partition)
  }

  /** Takes down a partition once; `sample` are its first records, at least as many as the limit where there are.
   *  Fails: throws a JobFailure when one of the first is no record. */
  record(rdd: Rdd, partition: number, records: number, sample: Pick<Records, 'slice'>): void {
    const taker = this.taker(rdd, partition)
    if (taker === undefined) return
    for (const record of sample.slice(0, taker.wanted)) taker.take(record)
    this.note(rdd, partition, records, taker)
  }

  /** Takes down a partition once, of which the taker has seen what it wanted.
   *  Fails: throws a JobFailure when one of the first is no record. */
  note(rdd: Rdd, partition: number, records: number, { first, picks }: RecordTaker): void {
    if (!this.wants(rdd, partition)) return
    rdd.metered.add(partition)
    const { node } = rdd.stream
    const reports = this.nodes.get(node) ?? []
    this.nodes.set(node, reports)
    if (picks === undefined) {
      const sample = first.map((record) => short(encodeRecord(record, node), MAX_SAMPLE_CHARS))
      reports.push({ partition, records, sample })
      return
    }
    const sample = first.map((record) => this.shortOfLook(encodeRecord(record, node)))
    const picked = picks.report((record) => this.shortOfLook(encodeAnyway(record)))
    reports.push({ partition, records, sample, picked })
  }

  private shortOfLook(json: Json): Json {
    const shown = short(json, this.lookChars > LOOK_CHARS ? SHORT_CHARS : MAX_SAMPLE_CHARS)
    this.lookChars += typeof shown === 'string' ? shown.length : JSON.stringify(shown).length
    return shown
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

/** Of what nobody would have looked at, what is no record fails nothing. */
function encodeAnyway(record: unknown): Json {
  try {
    return encodeTagged(record)
  } catch {
    return recordText(record)
  }
}

function short(json: Json, chars: number): Json {
  if (typeof json === 'number' || typeof json === 'boolean' || json === null) return json
  return JSON.stringify(json).length > chars ? describeValue(json, chars) : json
}
