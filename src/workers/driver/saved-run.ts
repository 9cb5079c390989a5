import { fitPartitions } from '#engine/checkpoint/carry-over.ts'
import { readStoredRun, type StoredRun } from '#engine/checkpoint/entries.ts'
import { isSameProgram } from '#engine/compile/same-program.ts'
import { type Program, stateFates } from '#engine/compile/state-fates.ts'
import { parsePipeline } from '#engine/model/parse-pipeline.ts'
import type { Pipeline } from '#engine/model/pipeline.ts'
import { ok, type Result } from '#engine/model/result.ts'
import type { StateFate } from '#engine/model/state-fate.ts'
import { VirtualClock } from '#engine/runtime/driver/clock/virtual-clock.ts'
import type { ContextOptions } from '#engine/runtime/driver/context/context-options.ts'
import { keepStates } from '#engine/runtime/driver/context/keep-states.ts'
import { StreamingContext } from '#engine/runtime/driver/context/streaming-context.ts'
import type { ExecutorLink } from '#engine/runtime/driver/executors/executor-link.ts'
import type { CheckpointComparison } from '#protocol/driver-service.ts'
import { compileProgram } from './compile-program.ts'
import { openIdbCheckpointStore } from './idb-checkpoint-store.ts'

// What goes on from a checkpoint; loaded when there is one.

/** The document of a checkpoint, as it ran. */
export function readSaved({ metadata }: StoredRun): Result<Program> {
  return compileProgram(parsePipeline(metadata.pipeline), metadata.machineCores)
}

/** How the stored run of a pipeline and its document differ. */
export async function compareCheckpoint(
  pipelineId: string,
  pipeline: Pipeline,
  ownCores: number,
): Promise<CheckpointComparison | undefined> {
  const stored = readStoredRun(await (await openIdbCheckpointStore(pipelineId)).read())
  if (stored === undefined) return undefined
  const { checkpointMs, savedAtMs } = stored.metadata
  const saved = readSaved(stored)
  const edited = compileProgram(ok(pipeline), ownCores)
  if (!saved.ok || !edited.ok) return undefined
  return {
    same: isSameProgram(saved.value.pipeline, pipeline),
    checkpointMs,
    savedAtMs,
    fates: stateFates(saved.value, edited.value),
    holdsData: stored.states.states.length > 0 || stored.blocks.some(({ payload }) => payload !== undefined),
  }
}

export type Around = Omit<ContextOptions<StreamingContext>, 'pipeline' | 'plan' | 'clock' | 'active'>

/** What a start goes on with. */
export interface TakenOver {
  readonly stored: StoredRun | undefined
  readonly plan: Program['plan']
  readonly links: readonly ExecutorLink[]
  readonly fates: readonly StateFate[]
}

/** A run that takes the states of another document. */
export interface SettledRun extends Program {
  readonly stored: StoredRun
  readonly saved: Program
}

/** Has the saved document run what it had begun and hand its states over; the executors that are left of `links` after that.
 *  `onOpen` hears of the context that does it. */
export async function settle(
  { pipeline, plan, stored, saved }: SettledRun,
  around: Around,
  links: readonly ExecutorLink[],
  onOpen: (context: StreamingContext) => void,
): Promise<TakenOver> {
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
