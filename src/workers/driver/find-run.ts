import { fitPartitions } from '#engine/checkpoint/carry-over.ts'
import type { CheckpointStore } from '#engine/checkpoint/checkpoint-store.ts'
import { readStoredRun, type StoredRun } from '#engine/checkpoint/entries.ts'
import { beginAnew } from '#engine/checkpoint/set-aside.ts'
import { lowerPipeline } from '#engine/compile/lower-pipeline.ts'
import { isSameProgram } from '#engine/compile/same-program.ts'
import { type Program, stateFates } from '#engine/compile/state-fates.ts'
import type { Diagnostic } from '#engine/model/diagnostic.ts'
import { parsePipeline } from '#engine/model/parse-pipeline.ts'
import type { Pipeline } from '#engine/model/pipeline.ts'
import { ok, type Result } from '#engine/model/result.ts'
import type { StateFate } from '#engine/model/state-fate.ts'
import { VirtualClock } from '#engine/runtime/driver/clock/virtual-clock.ts'
import type { ContextOptions } from '#engine/runtime/driver/context/context-options.ts'
import { keepStates } from '#engine/runtime/driver/context/keep-states.ts'
import { StreamingContext } from '#engine/runtime/driver/context/streaming-context.ts'
import type { ExecutorLink } from '#engine/runtime/driver/executors/executor-link.ts'
import type { CheckpointComparison, StartRequest } from '#protocol/driver-service.ts'
import { openIdbCheckpointStore } from './idb-checkpoint-store.ts'

// What a start runs: the page's document afresh, that of the checkpoint, or the page's with the states of the checkpoint.

export interface FoundRun extends Program {
  readonly machineCores: number
  readonly stored: StoredRun | undefined
  /** What made the checkpoint, when it hands its states to the page's document. */
  readonly saved: Program | undefined
}

/** Fails: a document, the page's or that of the checkpoint, that cannot run */
export async function findRun(
  request: StartRequest,
  store: CheckpointStore,
  ownCores: number,
): Promise<Result<FoundRun, readonly Diagnostic[]>> {
  const stored = request.from === 'fresh' ? undefined : readStoredRun(await store.read())
  if (stored === undefined) await beginAnew(store)
  const machineCores = stored?.metadata.machineCores ?? ownCores
  const own = compile(ok(request.pipeline), machineCores)
  if (stored === undefined) return own.ok ? ok({ ...own.value, machineCores, stored, saved: undefined }) : own
  // As in Spark, a run that recovers goes on with the graph of its checkpoint.
  const saved = compile(parsePipeline(stored.metadata.pipeline), machineCores)
  if (!saved.ok) return saved
  const fitted = { ...saved.value, plan: fitPartitions(saved.value.plan, stored) }
  if (request.from === 'resume') return ok({ ...fitted, machineCores, stored, saved: undefined })
  return own.ok ? ok({ ...own.value, machineCores, stored, saved: fitted }) : own
}

/** How the stored run of a pipeline and its document differ. */
export async function compareCheckpoint(
  pipelineId: string,
  pipeline: Pipeline,
  ownCores: number,
): Promise<CheckpointComparison | undefined> {
  const stored = readStoredRun(await (await openIdbCheckpointStore(pipelineId)).read())
  if (stored === undefined) return undefined
  const { checkpointMs, savedAtMs, machineCores } = stored.metadata
  const saved = compile(parsePipeline(stored.metadata.pipeline), machineCores)
  const edited = compile(ok(pipeline), ownCores)
  if (!saved.ok || !edited.ok) return undefined
  return {
    same: isSameProgram(saved.value.pipeline, pipeline),
    checkpointMs,
    savedAtMs,
    fates: stateFates(saved.value, edited.value),
    holdsData: stored.states.states.length > 0 || stored.blocks.some(({ payload }) => payload !== undefined),
  }
}

type Around = Omit<ContextOptions<StreamingContext>, 'pipeline' | 'plan' | 'clock' | 'active'>

/** Has the saved document run what it had begun and hand its states over, where it is to; the executors that are left of `links` after that.
 *  `onOpen` hears of the context that does it. */
export async function takeOver(
  { pipeline, plan, stored, saved }: FoundRun,
  around: Around,
  links: readonly ExecutorLink[],
  onOpen: (context: StreamingContext) => void,
): Promise<{
  readonly stored: StoredRun | undefined
  readonly plan: Program['plan']
  readonly links: readonly ExecutorLink[]
  readonly fates: readonly StateFate[]
}> {
  if (saved === undefined || stored === undefined) return { stored, plan, links, fates: [] }
  let left = links
  const carried = await keepStates({
    stored,
    saved,
    edited: { pipeline, plan },
    open: async (program) => {
      if (program.plan.executors === 0 || links.length === 0) return undefined
      const clock = new VirtualClock(around.timers, { speed: 'max', paused: true, nowMs: stored.metadata.checkpointMs })
      // To the page both documents are one run.
      const listener = { ...around.listener, onState: () => {} }
      const context = new StreamingContext({ ...around, ...program, clock, listener })
      onOpen(context)
      const attached = await context.attach(links)
      left = []
      return attached.ok ? context : undefined
    },
    read: async (context) => {
      left = context === undefined ? left : context.sparkContext.take()
      return readStoredRun(await around.store.read())
    },
  })
  return { stored: carried.stored, plan: fitPartitions(plan, carried.stored), links: left, fates: carried.fates }
}

function compile(pipeline: Result<Pipeline>, machineCores: number): Result<Program> {
  if (!pipeline.ok) return pipeline
  const plan = lowerPipeline(pipeline.value, { machineCores })
  return plan.ok ? ok({ pipeline: pipeline.value, plan: plan.value }) : plan
}
