import type { BatchData } from '#engine/model/batch-data.ts'
import type { CheckpointReport } from '#engine/model/checkpoint-report.ts'
import type { Diagnostic } from '#engine/model/diagnostic.ts'
import type { Fault, FaultTargets } from '#engine/model/fault.ts'
import type { Pipeline } from '#engine/model/pipeline.ts'
import { err, ok, type Result } from '#engine/model/result.ts'
import type { ContextState } from '#engine/model/run-state.ts'
import { ActiveContext } from '#engine/runtime/driver/context/active-context.ts'
import { otherIsActive } from '#engine/runtime/driver/context/refuse-start.ts'
import type { RunListener } from '#engine/runtime/driver/context/run-listener.ts'
import { StreamingContext } from '#engine/runtime/driver/context/streaming-context.ts'
import { FaultDesk } from '#engine/runtime/driver/faults/fault-desk.ts'
import type { OutputFiles } from '#engine/runtime/driver/files/output-files.ts'
import type { DriverEvent } from '#protocol/driver-event.ts'
import type { CheckpointComparison, DriverService, StartRequest, StoredCheckpoint } from '#protocol/driver-service.ts'
import type { LookPage } from '#protocol/look-page.ts'
import type { SavedFiles } from '#protocol/saved-files.ts'
import type { CarriedRun, PipelineUse } from '#protocol/stored-run.ts'
import { attempt } from './attempt.ts'
import { BatchHistory } from './batch-history.ts'
import { clockState } from './clock-state.ts'
import { connectSink } from './connect-sink.ts'
import { connectWebSocket } from './connect-web-socket.ts'
import { FENCED_OUT } from './fence.ts'
import { FilesNotice } from './files-notice.ts'
import { findRun, takeOver } from './find-run.ts'
import { FrameSender } from './frame-sender.ts'
import { guardPort } from './guarded-port.ts'
import { deleteCheckpoint, forgetPipeline, holdsFence, openIdbCheckpointStore } from './idb-checkpoint-store.ts'
import { loadStored } from './load-stored.ts'
import { makeClock } from './make-clock.ts'
import { openBrowserFiles, openOnSave } from './open-browser-files.ts'
import { pageListener } from './page-listener.ts'
import { ReceiverDesk } from './receiver-desk.ts'
import { claimRun, noRoom, RunFence, takenOver } from './run-fence.ts'
import { findStoredCheckpoint } from './stored-runs.ts'
import { KEPT_IN_PAGE, LOST_WHILE_SETTLING } from './warnings.ts'
import { workerTimers } from './worker-timers.ts'

/** The driver's side of the page's calls: one run at a time. */
export class Driver implements DriverService<MessagePort> {
  private readonly machineCores: number
  private events: MessagePort | undefined
  /** Executors that wait for the run to start. */
  private ports: readonly MessagePort[] = []
  private context: StreamingContext | undefined
  /** Of the last run. */
  private desk: { readonly pipelineId: string; readonly desk: FaultDesk } | undefined
  private readonly receivers = new ReceiverDesk()
  readonly remains: DriverService<MessagePort>['remains'] = async (...asked) => (await loadStored()).remains(...asked)
  readonly connectReceivers = async (page: MessagePort): Promise<void> => this.receivers.connect(page)
  private readonly active = new ActiveContext<StreamingContext>()
  private fence: RunFence | undefined
  private frames: FrameSender | undefined
  private history = new BatchHistory()
  /** What the person looks at, whatever runs. */
  private watched: readonly [node: string | undefined, limit: number] = [undefined, 0]
  private readonly filesNotice = new FilesNotice(workerTimers, (pipelineId) => this.tell({ kind: 'files', pipelineId }))

  private readonly tell = (event: DriverEvent): void => this.events?.postMessage(event)
  private readonly warn = (message: string): void => this.tell({ kind: 'warning', message })

  constructor(machineCores: number) {
    this.machineCores = machineCores
  }

  async connect(events: MessagePort): Promise<void> {
    this.events = events
  }

  async attach(executors: readonly MessagePort[]): Promise<void> {
    if (this.context?.state === 'ACTIVE') await this.context.attach(executors.map(guardPort))
    else this.ports = executors
  }

  async start(request: StartRequest): Promise<Result<{ readonly state: ContextState }, readonly Diagnostic[]>> {
    if (this.active.current !== undefined) return err([otherIsActive(this.active.name ?? '')])
    const { pipelineId } = request
    const token = request.fence === undefined ? await attempt(() => claimRun(pipelineId)) : ok(request.fence)
    if (!token.ok) return err([noRoom(token.error)])
    if (!(await holdsFence(pipelineId, token.value))) return err([takenOver()])
    const fence = this.openFence(pipelineId, token.value)
    const desk = new FaultDesk(
      fence.guardStore(await openIdbCheckpointStore(pipelineId, token.value)),
      workerTimers.now,
      loadStored,
    )
    const { store } = desk
    this.desk = { pipelineId, desk }
    const found = await findRun(request, store, this.machineCores, this.warn)
    if (!found.ok) return found
    const { machineCores, saved, pipeline } = found.value
    this.history = new BatchHistory()
    const around = {
      machineCores,
      timers: workerTimers,
      listener: this.listener(),
      connect: connectWebSocket,
      connectSink,
      openReceiver: this.receivers.open,
      store,
      files: this.noticed(fence.guardFiles(openOnSave(pipelineId)), pipelineId),
    }
    const kept = await takeOver(found.value, around, this.ports.map(guardPort), (context) => {
      this.context = context
    })
    const { stored, plan, links } = kept
    if (saved !== undefined) this.tell({ kind: 'carried', fates: kept.fates })
    const clock = makeClock(request, stored)
    const context = new StreamingContext({ ...around, pipeline, plan, clock, active: this.active })
    this.context = context
    context.watch(...this.watched)
    desk.serve(context)
    this.frames = new FrameSender(
      workerTimers,
      (event) => this.tell(event),
      () => ({ clock: clockState(context), waitingBatches: context.waitingBatches, catchUp: context.missed.progress }),
    )
    this.ports = []
    const attached = links.length === 0 && plan.executors > 0 ? ok(undefined) : await context.attach(links)
    if (!attached.ok) return err(attached.error)
    const started = await context.start(stored, { skipMissed: request.skipMissed })
    if (!started.ok) return started
    if (links.length === 0 && plan.executors > 0) this.tell({ kind: 'executorsLost', reason: LOST_WHILE_SETTLING })
    this.frames.flush()
    if (
      plan.outputs.some(({ action }) => action.kind === 'save') &&
      (await openBrowserFiles(pipelineId)).kept === 'page'
    )
      this.warn(KEPT_IN_PAGE)
    return ok({ state: context.state })
  }

  async pause(): Promise<void> {
    this.context?.clock.pause()
    this.clockChanged()
  }

  async resume(): Promise<void> {
    this.context?.clock.resume()
    this.clockChanged()
  }

  async step(): Promise<void> {
    await this.context?.step()
  }

  async setSpeed(speed: number | 'max'): Promise<void> {
    this.context?.clock.setSpeed(speed)
    this.clockChanged()
  }

  async pauseCatchUp(paused: boolean): Promise<void> {
    if (paused) this.context?.missed.pause()
    else this.context?.missed.resume()
    this.frames?.flush()
  }

  async skipMissed(always: boolean): Promise<void> {
    this.context?.missed.skip(always)
    this.frames?.flush()
  }

  async stop(options: { readonly graceful: boolean }): Promise<void> {
    await this.context?.stop(options)
  }

  async send(node: string, lines: readonly string[]): Promise<Result<number, string>> {
    const text = lines.flatMap((line) => String(line).split(/\r?\n/))
    const taken = (await this.context?.type(node, text)) ?? false
    return taken ? ok(text.length) : err(`Nothing runs that takes lines for "${node}": run the pipeline first.`)
  }

  async watch(node: string | undefined, limit: number): Promise<void> {
    this.watched = [node, Math.min(MOST_LOOKED_AT, Math.max(0, Math.floor(limit)))]
    this.context?.watch(...this.watched)
  }

  async lookAt(node: string, timeMs: number, page: number): Promise<LookPage | undefined> {
    return this.history.looks.find(node, timeMs, page)
  }

  async batchData(timeMs: number): Promise<BatchData | undefined> {
    return this.history.find(timeMs)
  }

  findCheckpoint(pipelineId: string): Promise<StoredCheckpoint | undefined> {
    return findStoredCheckpoint(pipelineId, this.warn)
  }

  async compareCheckpoint(pipelineId: string, pipeline: Pipeline): Promise<CheckpointComparison | undefined> {
    const { compareCheckpoint } = await loadStored()
    return compareCheckpoint(pipelineId, pipeline, this.machineCores)
  }

  async deleteCheckpoint(pipelineId: string): Promise<void> {
    await deleteCheckpoint(pipelineId)
  }

  async claim(pipelineId: string): Promise<string> {
    return claimRun(pipelineId)
  }

  async forget(pipelineId: string): Promise<void> {
    await forgetPipeline(pipelineId)
    await this.deleteFiles(pipelineId)
  }

  async exportRun(pipelineId: string): Promise<Result<string, readonly Diagnostic[]>> {
    return (await loadStored()).exportRun(pipelineId)
  }

  async readRun(text: string): Promise<Result<CarriedRun, readonly Diagnostic[]>> {
    return (await loadStored()).readRun(text)
  }

  async importRun(pipelineId: string, fence: string, text: string): Promise<Result<void, readonly Diagnostic[]>> {
    return (await loadStored()).importRun(pipelineId, fence, text)
  }

  async measureStorage(): Promise<readonly PipelineUse[]> {
    return (await loadStored()).measureStorage()
  }

  async listFiles(pipelineId: string, most: number): Promise<Result<SavedFiles, string>> {
    return attempt(async () => (await openBrowserFiles(pipelineId)).list(most))
  }

  async readFile(pipelineId: string, path: string): Promise<Result<string, string>> {
    return attempt(async () => (await openBrowserFiles(pipelineId)).read(path))
  }

  async deleteFiles(pipelineId: string, directory?: string): Promise<Result<void, string>> {
    const deleted = await attempt(async () => (await openBrowserFiles(pipelineId)).delete(directory))
    this.filesNotice.changed(pipelineId)
    return deleted
  }

  async strike(fault: Fault): Promise<Result<void, string>> {
    return (await this.desk?.desk.inject(fault)) ?? err('Nothing runs.')
  }

  async faultTargets(): Promise<FaultTargets | undefined> {
    return this.desk?.desk.targets()
  }

  async reportCheckpoints(pipelineId: string): Promise<CheckpointReport> {
    if (this.desk?.pipelineId === pipelineId && this.active.current !== undefined) return this.desk.desk.report()
    const noted = new FaultDesk(await openIdbCheckpointStore(pipelineId), workerTimers.now, loadStored)
    await noted.store.read()
    return noted.report()
  }

  async ping(): Promise<'pong'> {
    return 'pong'
  }

  /** The right of the run that starts now; the one before it needs none any more. */
  private openFence(pipelineId: string, token: string): RunFence {
    this.fence?.close()
    this.fence = new RunFence(pipelineId, token, () => {
      this.tell({ kind: 'fenced' })
      void this.context?.stop({ graceful: false }, `${FENCED_OUT}.`)
    })
    return this.fence
  }

  private noticed(files: OutputFiles, pipelineId: string): OutputFiles {
    return {
      save: async (directory, parts) => {
        await files.save(directory, parts)
        this.filesNotice.changed(pipelineId)
      },
    }
  }

  private clockChanged(): void {
    this.context?.clockChanged()
    this.frames?.flush()
  }

  private listener(): RunListener {
    return pageListener({
      tell: this.tell,
      clock: () => (this.context === undefined ? undefined : clockState(this.context)),
      frames: () => this.frames,
      keep: (data) => this.history.add(data),
    })
  }
}

/** First records of a node, and others of it. */
const MOST_LOOKED_AT = 2_000
