import type { CheckpointStore } from '#engine/checkpoint/checkpoint-store.ts'
import { readStoredRun, type StoredRun } from '#engine/checkpoint/entries.ts'
import { beginAnew } from '#engine/checkpoint/set-aside.ts'
import type { Program } from '#engine/compile/state-fates.ts'
import type { Diagnostic } from '#engine/model/diagnostic.ts'
import { err, ok, type Result } from '#engine/model/result.ts'
import type { StreamingContext } from '#engine/runtime/driver/context/streaming-context.ts'
import type { ExecutorLink } from '#engine/runtime/driver/executors/executor-link.ts'
import type { StartRequest } from '#protocol/driver-service.ts'
import { attempt } from './attempt.ts'
import { compileProgram } from './compile-program.ts'
import { loadStored } from './load-stored.ts'
import { packLate } from './pack-late.ts'
import { noRoom } from './run-fence.ts'
import type { Around, TakenOver } from './saved-run.ts'
import { SET_ASIDE } from './warnings.ts'

// What a start runs: the page's document afresh, that of the checkpoint, or the page's with the states of the checkpoint.

export interface FoundRun extends Program {
  readonly machineCores: number
  readonly stored: StoredRun | undefined
  /** What made the checkpoint, when it hands its states to the page's document. */
  readonly saved: Program | undefined
}

/** `warn` hears of a checkpoint that was there and is of no use.
 *  Fails: a document, the page's or that of the checkpoint, that cannot run */
export async function findRun(
  request: StartRequest,
  store: CheckpointStore,
  ownCores: number,
  warn: (message: string) => void,
): Promise<Result<FoundRun, readonly Diagnostic[]>> {
  const stored = request.from === 'fresh' ? undefined : readStoredRun(await store.read())
  if (stored === undefined) {
    const begun = await attempt(() => beginAnew(store))
    if (!begun.ok && request.pipeline.settings.checkpoint) return err([noRoom(begun.error)])
    if (begun.ok && begun.value) warn(SET_ASIDE)
  }
  const machineCores = stored?.metadata.machineCores ?? ownCores
  const own = compileProgram(ok(request.pipeline), machineCores)
  if (stored === undefined) return own.ok ? ok({ ...own.value, machineCores, stored, saved: undefined }) : own
  const { fitPartitions, readSaved } = await loadStored()
  // As in Spark, a run that recovers goes on with the graph of its checkpoint.
  const saved = readSaved(stored)
  if (!saved.ok) return saved
  const fitted = { ...saved.value, plan: fitPartitions(saved.value.plan, stored) }
  if (request.from === 'resume') return ok({ ...fitted, machineCores, stored, saved: undefined })
  return own.ok ? ok({ ...own.value, machineCores, stored, saved: fitted }) : own
}

/** Has the saved document run what it had begun and hand its states over, where it is to. `onOpen` hears of the context that does it. */
export async function takeOver(
  { pipeline, plan, stored, saved }: FoundRun,
  around: Around,
  links: readonly ExecutorLink[],
  onOpen: (context: StreamingContext) => void,
): Promise<TakenOver> {
  if (saved === undefined || stored === undefined)
    return { stored, plan: await packLate(plan, pipeline), links, fates: [] }
  const { settle } = await loadStored()
  const taken = await settle({ pipeline, plan, stored, saved }, around, links, onOpen)
  return { ...taken, plan: await packLate(taken.plan, pipeline) }
}
