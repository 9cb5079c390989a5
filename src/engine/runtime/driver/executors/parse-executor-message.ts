import * as v from 'valibot'
import type { Json } from '#engine/model/json.ts'
import { err, ok, type Result } from '#engine/model/result.ts'
import { type ExecutorMessage, MAX_PART_CHARS, MAX_PARTS, type Reply } from '#engine/runtime/wire.ts'

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const text = (chars: number) => v.pipe(v.string(), v.maxLength(chars))

const part = v.strictObject({
  kind: v.literal('part'),
  seq: count,
  part: count,
  parts: v.pipe(count, v.minValue(1), v.maxValue(MAX_PARTS)),
  text: text(MAX_PART_CHARS),
})
const message = v.variant('kind', [
  part,
  v.strictObject({ kind: v.literal('loaded') }),
  v.strictObject({ kind: v.literal('refused'), message: text(10_000) }),
  v.strictObject({ kind: v.literal('moved'), seq: count, done: v.boolean(), records: count }),
  v.strictObject({ kind: v.literal('broken'), message: text(10_000) }),
  v.strictObject({ kind: v.literal('at'), seq: count, node: text(200) }),
  v.strictObject({ kind: v.literal('log'), text: text(10_000) }),
])

/** What came from an executor, which may be hostile: exactly one of the messages of wire.ts, or the reason why not. */
export function parseExecutorMessage(data: unknown): Result<ExecutorMessage, string> {
  // Nearly all are parts: a variant would look at every other kind first.
  const parsed = v.safeParse(kindOf(data) === 'part' ? part : message, data)
  return parsed.success ? ok(parsed.output) : err(v.summarize(parsed.issues).slice(0, 500))
}

function kindOf(data: unknown): unknown {
  return typeof data === 'object' && data !== null && 'kind' in data ? data.kind : undefined
}

const json = v.custom<Json>(() => true) // JSON.parse made it
/** Nothing can be wrong with one of them, and there may be many. */
const jsons = v.custom<readonly Json[]>(Array.isArray)
const failure = v.strictObject({
  node: text(200),
  param: v.exactOptional(text(200)),
  message: text(20_000),
  record: v.exactOptional(text(20_000)),
  line: v.exactOptional(count),
  column: v.exactOptional(count),
  frames: v.exactOptional(
    v.pipe(
      v.array(
        v.strictObject({
          node: v.exactOptional(text(200)),
          param: v.exactOptional(text(200)),
          name: v.exactOptional(text(200)),
          line: count,
          column: count,
        }),
      ),
      v.maxLength(20),
    ),
  ),
})
const place = { node: v.exactOptional(text(200)), param: v.exactOptional(text(200)) }
const logs = v.strictObject({
  lines: v.pipe(
    v.array(
      v.strictObject({
        ...place,
        level: v.picklist(['debug', 'info', 'warn', 'error']),
        text: text(2_000),
        line: v.exactOptional(count),
        column: v.exactOptional(count),
      }),
    ),
    v.maxLength(300),
  ),
  more: v.pipe(v.array(v.strictObject({ ...place, calls: count })), v.maxLength(5_000)),
})
/** Also what a series came to. */
const time = v.pipe(v.number(), v.finite())

const reply = v.strictObject({
  timeMs: time,
  jobs: v.strictTuple([
    v.strictObject({
      output: count,
      failure: v.exactOptional(failure),
      rows: v.array(v.strictObject({ partition: count, records: jsons })),
      lines: v.pipe(v.array(text(20_000)), v.maxLength(300)),
      logs: v.exactOptional(logs),
      total: v.exactOptional(count),
      added: v.exactOptional(v.record(v.string(), json)),
      measures: v.exactOptional(
        v.array(
          v.strictObject({
            partition: count,
            cells: v.array(v.tuple([text(1_000), time, count])),
            others: v.exactOptional(v.tuple([count, time, count])),
          }),
        ),
      ),
      files: v.exactOptional(v.array(v.strictObject({ partition: count, records: count, text: v.string() }))),
    }),
  ]),
  nodes: v.array(
    v.strictObject({
      node: text(200),
      partitions: v.array(
        v.strictObject({
          partition: count,
          records: count,
          sample: jsons,
          picked: v.exactOptional(v.array(v.tuple([count, json]))),
        }),
      ),
    }),
  ),
  snapshots: v.array(
    v.strictObject({
      rdd: count,
      partition: count,
      partitions: count,
      partitioner: v.exactOptional(count),
      keys: count,
      edit: v.exactOptional(v.strictObject({ since: count, text: v.string() })),
      whole: v.exactOptional(v.string()),
      mapped: v.exactOptional(v.string()),
    }),
  ),
  pieces: v.exactOptional(
    v.array(v.strictObject({ rdd: count, partition: count, from: count, to: count, of: count, text: v.string() })),
  ),
  kept: v.exactOptional(count),
  made: v.exactOptional(v.array(v.strictObject({ rdd: count, partitions: v.array(count) }))),
})

/** The body of an answer, in the same distrust. */
export function parseReply(body: string): Result<Reply, string> {
  try {
    const parsed = v.safeParse(reply, JSON.parse(body))
    return parsed.success ? ok(parsed.output) : err(v.summarize(parsed.issues).slice(0, 500))
  } catch (error) {
    return err(String(error).slice(0, 500))
  }
}
