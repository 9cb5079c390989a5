import type { RunCommand } from '#cli/options/parse-command.ts'
import { packPlan } from '#engine/compile/packed/pack-plan.ts'
import type { Diagnostic } from '#engine/model/diagnostic.ts'
import { err, ok, type Result } from '#engine/model/result.ts'
import type { BatchClock } from '#engine/runtime/driver/clock/batch-clock.ts'
import { RealClock } from '#engine/runtime/driver/clock/real-clock.ts'
import type { Timers } from '#engine/runtime/driver/clock/timers.ts'
import { VirtualClock } from '#engine/runtime/driver/clock/virtual-clock.ts'
import { StreamingContext } from '#engine/runtime/driver/context/streaming-context.ts'
import { allocationOf } from '#engine/runtime/driver/executors/allocation-of.ts'
import { CatchUpReport } from './catch-up-report.ts'
import { connectSink } from './connect-sink.ts'
import { connectWebSocket } from './connect-web-socket.ts'
import { followStats } from './follow-stats.ts'
import { startExecutors } from './in-process-executors.ts'
import { openReceivers } from './in-process-receivers.ts'
import { keepSavedStates } from './keep-saved-states.ts'
import { LimitedClock } from './limited-clock.ts'
import type { LineWriter } from './line-writer.ts'
import { nodeTimers } from './node-timers.ts'
import type { PreparedRun } from './prepare-run.ts'
import type { RunLine } from './run-line.ts'
import { RunReport } from './run-report.ts'

/** What a run does beside printing its lines. */
export interface RunSurroundings {
  readonly writer: LineWriter
  /** One line for the person. */
  tell(text: string): void
  /** Ends the process without any clean-up. */
  die(): void
  /** Has `stop` called when the person asks for it: the first time gracefully, then at once. Gives what ends that. */
  onInterrupt(stop: (graceful: boolean) => void): () => void
}

/** Runs until the last batch, an interrupt, or nobody reads any more. The value says whether every batch succeeded.
 *  Fails: what only shows when the functions are loaded or the run starts */
export async function runPipeline(
  found: PreparedRun,
  command: RunCommand,
  { writer, tell, die, onInterrupt }: RunSurroundings,
): Promise<Result<boolean, readonly Diagnostic[]>> {
  let isStarted = false
  const print = (line: RunLine): void => {
    // The saved document and the one that goes on with its states are one run.
    if (line.type !== 'started' || !isStarted) writer.write(line)
    isStarted = true
  }
  const prepared = await keepSavedStates(found, { print, tell })
  const { pipeline, plan, machineCores, store, files, stored } = prepared
  let isDying = false
  let isGraceful = true
  let stopped = (): void => {}
  const end = new Promise<void>((resolve) => {
    stopped = resolve
  })
  const timers = nodeTimers(() => writer.full())
  const zeroMs = (): number => context.zeroMs
  const batchNumber = (timeMs: number): number => (timeMs - zeroMs()) / plan.batchMs
  const dieAfter = (timeMs: number): void => {
    if (isDying || command.killAfter === undefined || batchNumber(timeMs) < command.killAfter) return
    isDying = true
    void writer.flush().then(die)
  }
  const attach = (): ReturnType<StreamingContext['attach']> => context.attach(startExecutors(plan.executors))
  const stop = (graceful: boolean): void => {
    if (!graceful) isGraceful = false
    void context.stop({ graceful })
  }
  const report = new RunReport({
    plan,
    zeroMs,
    print: (line) => {
      if (!isDying) print(line)
    },
    tell,
    onCompleted: (timeMs) => {
      progress.completed()
      dieAfter(timeMs)
    },
    onExecutorsLost: () => setImmediate(() => void attach()),
    onStopped: (reason) => {
      if (reason !== undefined) {
        isGraceful = false
        report.hasFailed = true
        tell(reason)
      }
      stopped()
    },
  })
  const progress = new CatchUpReport(timers, () => context.missed.progress, tell)
  const clock = new LimitedClock(makeClock(command.clock, timers, stored?.metadata.checkpointMs ?? 0), {
    zeroMs: stored?.metadata.zeroMs,
    batches: command.batches,
    onQuiet: (lastMs, isLast) => {
      dieAfter(lastMs)
      // The run is in the middle of a call and must not be called back at once.
      if (isLast) setImmediate(() => stop(true))
    },
  })
  const connect = connectWebSocket
  const context = new StreamingContext({
    pipeline,
    plan: packPlan(plan, pipeline.settings.conf),
    machineCores,
    clock,
    timers,
    listener: report,
    connect,
    openReceiver: openReceivers(),
    connectSink,
    allocation: allocationOf(pipeline.settings.conf, plan, false),
    store,
    files,
  })
  const tellStats = command.stats === true ? followStats(context, pipeline.settings.conf, tell) : undefined
  const attached = await attach()
  if (!attached.ok) return attached
  const release = onInterrupt(stop)
  void writer.closed.then(() => stop(false))
  const started = await context.start(stored, { skipMissed: command.resumeFromNow })
  if (!started.ok) {
    release()
    return err(started.error)
  }
  report.start()
  await end
  release()
  tellStats?.()
  writer.write({ type: 'stopped', graceful: isGraceful })
  await writer.flush()
  return ok(!report.hasFailed)
}

function makeClock(kind: RunCommand['clock'], timers: Timers, nowMs: number): BatchClock {
  return kind === 'real' ? new RealClock(timers) : new VirtualClock(timers, { speed: 'max', paused: false, nowMs })
}
