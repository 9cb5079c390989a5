import { executorCount } from '#engine/compile/executors.ts'
import type { BatchData } from '#engine/model/batch-data.ts'
import { err, type Result } from '#engine/model/result.ts'
import type { DriverEvent } from '#protocol/driver-event.ts'
import type { StartRequest, StoredCheckpoint } from '#protocol/driver-service.ts'
import { isBusy } from '#ui/state/run-phase.ts'
import { EMPTY_RUN } from '#ui/state/run-store.ts'
import { t } from '#ui/words/words.ts'
import { CheckpointsClient } from './checkpoints-client.ts'
import { Claims } from './claims.ts'
import { DeathCount } from './death-count.ts'
import { DriverLink } from './driver-link.ts'
import type { EngineSurroundings } from './engine-surroundings.ts'
import { FaultsClient } from './faults-client.ts'
import { FiguresFeed } from './figures-feed.ts'
import { FilesClient } from './files-client.ts'
import { freshFigures } from './fresh-figures.ts'
import { inTime } from './in-time.ts'
import { LooksClient } from './looks-client.ts'
import type { RemoteRun } from './neighbours.ts'
import { nextPhase, type RunHappening } from './run-machine.ts'
import { lostPool, Sandbox } from './sandbox.ts'
import { makeRequest } from './start-request.ts'
import { StorageClient } from './storage-client.ts'

/** A stop that takes longer ends the worker. */
const STOP_WITHIN_MS = 3000

/** All that the screen may ask of driver and executors; the only thing that knows of workers. */
export class EngineClient {
  readonly checkpoints = new CheckpointsClient((ask) => this.#driver().call(ask))
  readonly files = new FilesClient((ask) => this.#driver().call(ask))
  readonly claims = new Claims((ask) => this.#driver().call(ask))
  readonly storage = new StorageClient((ask) => this.#driver().call(ask), this.claims)
  readonly looks = new LooksClient((ask) => this.#driver().call(ask))
  readonly faults = new FaultsClient({
    call: (ask) => this.#driver().call(ask),
    note: (incident) => this.#feed.note(incident),
    endExecutor: (index) => this.#sandbox.end(index),
    endDriver: (reason) => this.#link?.kill(reason),
    around: () => this.#around,
  })
  readonly #around: EngineSurroundings
  readonly #feed: FiguresFeed
  readonly #sandbox: Sandbox
  #link: DriverLink | undefined
  /** What the driver was last asked to start. */
  #request: StartRequest | undefined
  /** Counts starts and leaves: what an older start still waits for is no longer wanted. */
  #epoch = 0
  /** Events between a stop and the next start belong to a run that is over. */
  #listening = false
  readonly #deaths = new DeathCount()
  #remote: RemoteRun | undefined

  constructor(around: EngineSurroundings) {
    this.#around = around
    this.#feed = new FiguresFeed(around.run)
    this.#sandbox = new Sandbox(around.openExecutors, {
      dead: (told) => {
        const reason = told ?? t('engine.noAnswer')
        // While a run starts, `open` itself hears that they did not come up.
        if (around.run.getState().phase === 'starting') return
        this.#feed.update(() => ({ pool: { kind: 'lost', reason } }))
        this.#happen({ kind: 'executorsLost' })
        void this.#rebuildExecutors()
      },
      error: (index, text) => this.#feed.warn(t('engine.executorError', { index, text })),
    })
  }

  /** Loads the driver before it is needed. */
  prepare(): void {
    this.#driver()
  }

  /** Starts the document as it is now; `resume` goes on from its checkpoint, with the version and clock saved there; `keep` with its states. */
  async run(from: StartRequest['from'], options: { readonly paused?: boolean } = {}): Promise<void> {
    const { document, session, run } = this.#around
    const isOthers = this.#remote !== undefined || document.getState().locked !== undefined
    if (isBusy(run.getState().phase) || session.getState().consent !== 'given' || isOthers) return
    this.#happen({ kind: 'startAsked' })
    this.#listening = false // what the run before still says is not this one's
    const stored = from === 'fresh' ? undefined : await this.findCheckpoint(document.getState().id)
    await this.#start(await makeRequest(this.#around, stored, { paused: options.paused ?? false, from }))
  }

  async pause(): Promise<void> {
    await this.#link?.call((service) => service.pause())
  }

  async resume(): Promise<void> {
    await this.#link?.call((service) => service.resume())
  }

  /** One batch of the paused virtual clock; starts the run paused when nothing runs. */
  async step(): Promise<void> {
    if (!isBusy(this.#around.run.getState().phase)) await this.run('fresh', { paused: true })
    if (this.#around.run.getState().phase === 'running') await this.pause()
    await this.#link?.call((service) => service.step())
  }

  /** Resolves when the context is STOPPED. A stop that is not graceful takes a few seconds at most, and none at all when
   *  it overtakes a graceful one. */
  async stop(options: { readonly graceful: boolean }): Promise<void> {
    const { phase, clock } = this.#around.run.getState()
    if (!isBusy(phase) || (phase === 'stopping' && options.graceful) || this.#remote !== undefined) return
    this.#happen({ kind: 'stopAsked' })
    const epoch = this.#epoch
    const link = this.#link
    // A clock that stands would never come to the last batch.
    if (options.graceful && clock?.paused === true) await link?.call((service) => service.resume())
    const hurry = phase === 'starting' || phase === 'stopping'
    const stopped = await inTime(
      hurry ? undefined : link?.call((service) => service.stop(options)),
      options.graceful ? undefined : STOP_WITHIN_MS,
    )
    if (epoch !== this.#epoch) return
    if (!stopped) this.#endDriver()
    this.#finish()
  }

  async setSpeed(speed: number | 'max'): Promise<void> {
    this.#around.session.getState().setClock({ speed })
    await this.#link?.call((service) => service.setSpeed(speed))
  }

  /** Lines typed into a source; gives how many were taken, or why none. */
  async send(node: string, lines: readonly string[]): Promise<Result<number, string>> {
    const sent = await this.#link?.call((service) => service.send(node, lines))
    return sent?.value ?? err(t('engine.notRunning'))
  }

  /** A past batch, from the screen's memory or the driver's; undefined when neither keeps it. */
  async batchData(timeMs: number): Promise<BatchData | undefined> {
    const known = this.#around.run.getState().data.get(timeMs)
    if (known !== undefined) return known
    const epoch = this.#epoch
    const asked = await (this.#remote?.batchData(timeMs) ??
      this.#link?.call((service) => service.batchData(timeMs)).then((answer) => answer?.value))
    if (asked !== undefined && epoch === this.#epoch) this.#feed.keep(asked)
    return asked
  }

  async findCheckpoint(pipelineId: string): Promise<StoredCheckpoint | undefined> {
    return (await this.#driver().call((service) => service.findCheckpoint(pipelineId)))?.value
  }

  async deleteCheckpoint(pipelineId: string): Promise<void> {
    await this.#driver().call((service) => service.deleteCheckpoint(pipelineId))
  }

  /** From now on the screen shows a run of another tab; until the next `leave` nothing is run or stopped here. */
  follow(remote: RemoteRun): void {
    this.#remote = remote
  }

  /** Stops at once and forgets the run's figures: another document comes. */
  async leave(): Promise<void> {
    await this.stop({ graceful: false })
    this.#forget()
  }

  /** Another tab has the run now: what there is of it here ends without leaving a word in storage. */
  surrender(): void {
    this.#endDriver()
    this.#sandbox.close()
    this.#forget()
  }

  #forget(): void {
    this.#epoch += 1
    this.#request = undefined
    this.#remote = undefined
    this.#listening = false
    this.#feed.drop()
    this.#feed.update(({ pool }) => ({ ...EMPTY_RUN, pool: pool.kind === 'refused' ? pool : { kind: 'none' } }))
  }

  async #start(request: StartRequest): Promise<void> {
    this.#epoch += 1
    const epoch = this.#epoch
    this.#request = request
    this.#listening = false
    const { session, memory, machineCores } = this.#around
    this.#feed.drop()
    const recalled = this.faults.recall(request.pipelineId)
    this.#feed.update((figures) => freshFigures(figures, request, recalled))
    const link = this.#driver()
    const executors = executorCount(request.pipeline, request.machineCores ?? machineCores)
    const opened = await this.#sandbox.open(executors)
    if (epoch !== this.#epoch) return
    if (!opened.ok) {
      this.#feed.update(() => ({ pool: lostPool(opened) }))
      return this.#refuse()
    }
    await memory.save(request.pipelineId, request.pipeline)
    if (!(await link.attach(opened.ports))) return
    this.#feed.update(() => ({ pool: { kind: 'ready', executors } }))
    this.#listening = true
    const claimed = await this.claims.addTo(request)
    const started = await link.call((service) => service.start(claimed))
    if (started === undefined || epoch !== this.#epoch) return
    if (!started.value.ok) {
      const startDiagnostics = started.value.error
      this.#feed.update(() => ({ startDiagnostics }))
      return this.#refuse()
    }
    this.#happen({ kind: 'started', paused: request.clock.paused })
    const { speed } = session.getState().clock // chosen, perhaps, while there was no clock to take it
    if (speed !== request.clock.speed) await this.setSpeed(speed)
  }

  #refuse(): void {
    this.#happen({ kind: 'startRefused' })
    this.#finish()
  }

  /** The run is over: nothing starts by itself at the next visit. */
  #finish(): void {
    this.#epoch += 1
    this.#sandbox.close()
    this.#happen({ kind: 'stopped' })
    if (this.#request !== undefined) void this.#around.memory.save(this.#request.pipelineId, undefined)
  }

  #driver(): DriverLink {
    this.#link ??= new DriverLink(this.#around.openDriver(), {
      event: (event) => this.#hear(event),
      death: (reason) => void this.#bury(reason),
    })
    return this.#link
  }

  #hear(event: DriverEvent): void {
    if (!this.#listening) return
    this.#feed.push(event)
    this.#around.neighbours?.heard(event)
    if (event.kind === 'fenced') {
      this.#around.neighbours?.fenced()
      return
    }
    if (event.kind === 'executorsLost') void this.#rebuildExecutors()
    // The context ended by itself: a stop that was asked for is finished by `stop`.
    if (event.kind === 'context' && event.state === 'STOPPED' && this.#around.run.getState().phase !== 'stopping') {
      this.#feed.flush()
      this.#finish()
    }
  }

  async #rebuildExecutors(): Promise<void> {
    const epoch = this.#epoch
    const rebuilt = await this.#sandbox.rebuild()
    if (rebuilt === 'already' || epoch !== this.#epoch) return
    if (!rebuilt.ok) {
      this.#feed.update(() => ({ pool: lostPool(rebuilt) }))
      await this.stop({ graceful: false })
      return
    }
    if (!(await this.#driver().attach(rebuilt.ports)) || epoch !== this.#epoch) return
    this.#feed.update(() => ({ pool: { kind: 'ready', executors: rebuilt.ports.length } }))
    this.#happen({ kind: 'executorsAttached', paused: this.#around.run.getState().clock?.paused ?? false })
  }

  /** Our driver died: another one goes on from the checkpoint, unless that has failed too often. */
  async #bury(reason: string): Promise<void> {
    this.#link = undefined
    this.#sandbox.close()
    this.#happen({ kind: 'driverDied' })
    const { phase, clock } = this.#around.run.getState()
    const isAsked = this.faults.driverDied()
    const tooOften = !isAsked && this.#deaths.add(performance.now())
    const request = this.#request
    if (phase !== 'recovering' && phase !== 'starting') return
    if (request === undefined || tooOften) {
      this.#feed.update(() => ({ stopReason: t('engine.driverDiedTooOften', { reason }) }))
      this.#finish()
      return
    }
    if (!isAsked)
      this.#feed.update(({ driverRestarts }) => ({ driverRestarts: driverRestarts + 1, driverReason: reason }))
    const paused = clock?.paused ?? request.clock.paused
    const from = request.pipeline.settings.checkpoint ? 'resume' : 'fresh'
    await this.#start({ ...request, clock: { ...request.clock, paused }, from })
  }

  #endDriver(): void {
    this.#link?.end()
    this.#link = undefined
  }

  #happen(happening: RunHappening): void {
    this.#feed.update(({ phase }) => ({ phase: nextPhase(phase, happening) }))
  }
}
