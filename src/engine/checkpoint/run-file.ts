import * as v from 'valibot'
import { type Diagnostic, problem } from '#engine/model/diagnostic.ts'
import { MAX_NODES, MAX_RUN_BYTES } from '#engine/model/limits.ts'
import { parsePipeline } from '#engine/model/parse-pipeline.ts'
import type { Pipeline } from '#engine/model/pipeline.ts'
import { err, ok, type Result } from '#engine/model/result.ts'
import { listForm, timeForm } from './bounds.ts'
import { checksum } from './checksum.ts'
import { isOwnKey, readStoredRun, type StoredRun } from './entries.ts'

// A pipeline with its run, as one text that is carried to another browser: a line that says what it is, and the entries of the checkpoint
// directory. Nothing in it is code but the pipeline that its metadata holds, and that is what a person is asked to agree to.

const FORMAT = 'sluice-run'
const VERSION = 1
const MAX_ENTRIES = 500_000
const MAX_KEY_LENGTH = 400
/** Batches that were under way when it was saved. */
const MAX_PENDING = 10_000
/** What `local[*]` may have stood for. */
const MAX_MACHINE_CORES = 1024
/** Stretches of batches that were left out and may still be looked at. */
const MAX_GAPS = 1000
/** States that are named: two or three of each stream. */
const MAX_SNAPSHOTS = 10_000

const headForm = v.object({ format: v.literal(FORMAT), version: v.number(), checksum: v.string() })
const bodyForm = v.object({
  savedAtMs: timeForm,
  entries: listForm(v.tuple([v.pipe(v.string(), v.maxLength(MAX_KEY_LENGTH)), v.string()]), MAX_ENTRIES),
})

/** A run file that can be gone on with. */
export interface RunFile {
  /** The version that ran, and that runs when the run goes on. */
  readonly pipeline: Pipeline
  readonly entries: ReadonlyMap<string, string>
  /** Newest batch. */
  readonly checkpointMs: number
  /** Wall ms of the checkpoint. */
  readonly savedAtMs: number
}

/** The entries of a checkpoint directory as one text.
 *  Fails: run-file/no-run, run-file/unreadable: nobody could go on from it; run-file/too-large */
export function printRunFile(stored: ReadonlyMap<string, string>, savedAtMs: number): Result<string> {
  const entries = new Map([...stored].filter(([key]) => isOwnKey(key)))
  const run = readRun(entries)
  if (!run.ok) return run
  const body = JSON.stringify({ savedAtMs, entries: [...entries] })
  if (body.length > MAX_RUN_BYTES) return err([tooLarge()])
  return ok(`${JSON.stringify({ format: FORMAT, version: VERSION, checksum: checksum(body) })}\n${body}`)
}

/** A stranger's text → a run that can be gone on with. Of two metadata only the newer is kept, so that the pipeline that was shown is the
 *  one that runs, whatever else the file holds.
 *  Fails: run-file/… codes and those of the pipeline; never throws */
export function parseRunFile(text: string): Result<RunFile> {
  if (text.length > MAX_RUN_BYTES) return err([tooLarge()])
  const end = text.indexOf('\n')
  const head = end === -1 ? undefined : parseForm(headForm, text.slice(0, Math.min(end, 1000)))
  if (head === undefined) return err([problem('run-file/foreign', 'This is no run that Sluice has saved.')])
  if (head.version !== VERSION) {
    return err([
      problem('run-file/version', `This run was saved by another version of Sluice (its format is ${head.version}).`, {
        hint: 'Save it again with the version that you use here, or open the pipeline alone.',
      }),
    ])
  }
  const body = text.slice(end + 1)
  if (checksum(body) !== head.checksum) return err([damaged('a part of it is missing or was changed')])
  const parsed = parseForm(bodyForm, body)
  if (parsed === undefined) return err([damaged('it holds something other than a checkpoint')])
  const entries = newestOnly(new Map(parsed.entries.filter(([key]) => isOwnKey(key))))
  const run = readRun(entries)
  if (!run.ok) return run
  const { metadata } = run.value
  const pipeline = parsePipeline(metadata.pipeline)
  if (!pipeline.ok) return pipeline
  const impossible = findImpossible(metadata, pipeline.value)
  if (impossible !== undefined) return err([damaged(impossible)])
  return ok({ pipeline: pipeline.value, entries, checkpointMs: metadata.checkpointMs, savedAtMs: metadata.savedAtMs })
}

/** Fails: run-file/no-run, run-file/unreadable */
function readRun(entries: ReadonlyMap<string, string>): Result<StoredRun> {
  const run = readStoredRun(entries)
  if (run === undefined) {
    return err([
      problem('run-file/no-run', 'There is no checkpoint that could be read.', {
        hint: 'Run the pipeline with checkpointing on until it has one.',
      }),
    ])
  }
  const [first, ...more] = [...run.damaged, ...run.states.lost.map(({ stream }) => `the newest state of ${stream}`)]
  if (first === undefined) return ok(run)
  const which = more.length === 0 ? first : `${first} and ${more.length} more`
  return err([
    problem('run-file/unreadable', `Some of the checkpoint cannot be read: ${which}.`, {
      hint: 'A run without it would go on with less than it had. Save it again where it ran.',
    }),
  ])
}

const METADATA = 'metadata/'

/** Without metadata that is older than the newest, and without what is no metadata. */
function newestOnly(entries: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const rest = [...entries].filter(([key]) => !key.startsWith(METADATA))
  const read = [...entries]
    .filter(([key]) => key.startsWith(METADATA))
    .map((entry) => ({ entry, seq: readStoredRun(new Map([entry]))?.metadata.seq ?? Number.NEGATIVE_INFINITY }))
  const newest = read.sort((a, b) => b.seq - a.seq)[0]
  return newest === undefined ? new Map(rest) : new Map([newest.entry, ...rest])
}

/** What no run of ours can have written and would keep one busy for ever. */
function findImpossible(metadata: StoredRun['metadata'], pipeline: Pipeline): string | undefined {
  const { zeroMs, checkpointMs, pending, machineCores, gaps = [], born = [], snapshots } = metadata
  if (machineCores < 1 || machineCores > MAX_MACHINE_CORES) return 'no machine has so many cores'
  const { batchMs } = pipeline.settings
  const isTime = (timeMs: number): boolean => Number.isSafeInteger(timeMs) && (timeMs - zeroMs) % batchMs === 0
  if (![zeroMs, checkpointMs].every(isTime) || checkpointMs < zeroMs) return 'its batch times make no sense'
  if (pending.length > MAX_PENDING) return 'too many batches were under way'
  if (gaps.length > MAX_GAPS) return 'too many batches were left out'
  if (born.length > MAX_NODES || snapshots.length > MAX_SNAPSHOTS) return 'it names more states than a pipeline has'
  const isPending = (timeMs: number): boolean => isTime(timeMs) && timeMs > zeroMs && timeMs <= checkpointMs
  return pending.every(isPending) ? undefined : 'its unfinished batches make no sense'
}

function parseForm<T>(form: v.GenericSchema<unknown, T>, text: string): T | undefined {
  try {
    const parsed = v.safeParse(form, JSON.parse(text))
    return parsed.success ? parsed.output : undefined
  } catch {
    return undefined
  }
}

function damaged(how: string): Diagnostic {
  return problem('run-file/damaged', `This run is damaged: ${how}.`, {
    hint: 'Save it again where it ran, and copy the whole file.',
  })
}

function tooLarge(): Diagnostic {
  return problem('run-file/too-large', 'This run is larger than Sluice can carry.', {
    hint: `It may take ${MAX_RUN_BYTES / 1024 / 1024} MiB unpacked.`,
  })
}
