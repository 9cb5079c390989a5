import type { CheckpointReport } from '#engine/model/checkpoint-report.ts'
import type { Fault, FaultTargets } from '#engine/model/fault.ts'
import type { Incident } from '#engine/model/incident.ts'
import { err, type Result } from '#engine/model/result.ts'
import type { DriverService } from '#protocol/driver-service.ts'
import { t } from '#ui/words/words.ts'
import type { EngineSurroundings } from './engine-surroundings.ts'
import { forgetReload, recallReload, rememberReload } from './reload-note.ts'

export interface FaultHooks {
  /** Asks the driver; undefined when it dies first. */
  call<T>(ask: (service: DriverService<MessagePort>) => Promise<T>): Promise<{ readonly value: T } | undefined>
  /** Adds what happened to the figures of the run. */
  note(incident: Incident): void
  /** Ends the worker of an executor. */
  endExecutor(index: number): void
  /** Ends the worker of the driver. */
  endDriver(reason: string): void
  around(): Pick<EngineSurroundings, 'run' | 'document'>
}

type DriverFault = Extract<Incident, { kind: 'driver' }>

/** The screen's way to strike the run that is on in this page. Errors are sentences for the person. */
export class FaultsClient {
  readonly #hooks: FaultHooks
  #count = 0

  constructor(hooks: FaultHooks) {
    this.#hooks = hooks
  }

  async targets(): Promise<FaultTargets | undefined> {
    return (await this.#hooks.call((service) => service.faultTargets()))?.value
  }

  /** A fault that the driver brings about itself. */
  async strike(fault: Fault): Promise<Result<void, string>> {
    return (await this.#hooks.call((service) => service.strike(fault)))?.value ?? err(t('engine.notRunning'))
  }

  /** Ends an executor's worker, and tells the driver as a cluster manager would. */
  async killExecutor(executor: number): Promise<Result<void, string>> {
    this.#hooks.endExecutor(executor)
    return await this.strike({ kind: 'executor', executor })
  }

  /** Ends the driver's worker. `corrupted`: what of its checkpoint was damaged before. */
  killDriver(corrupted?: string): void {
    this.#noteDeath('killed', true, corrupted === undefined ? {} : { corrupted })
    this.#hooks.endDriver(t('engine.killed'))
  }

  /** Damages the newest checkpoint, then ends the driver's worker, so that another one has to read it. */
  async corruptAndKill(what: 'metadata' | 'state'): Promise<Result<void, string>> {
    const damaged = await this.strike({ kind: 'corruption', what })
    if (damaged.ok) this.killDriver(what)
    return damaged
  }

  /** Loads the page anew, as a person who presses the wrong key. */
  reload(): void {
    rememberReload({ pipelineId: this.#hooks.around().document.getState().id, seenMs: this.#seenMs() })
    window.location.reload()
  }

  async report(): Promise<CheckpointReport | undefined> {
    const id = this.#hooks.around().document.getState().id
    return (await this.#hooks.call((service) => service.reportCheckpoints(id)))?.value
  }

  /** The driver's worker is gone. Gives whether a person asked for it. */
  driverDied(): boolean {
    const isAsked = this.#hooks
      .around()
      .run.getState()
      .incidents.some((each) => each.kind === 'driver' && each.onDemand && !each.settled)
    if (!isAsked) this.#noteDeath('died', false)
    return isAsked
  }

  /** What was on when the page was loaded anew on demand, once. */
  recall(pipelineId: string): readonly Incident[] {
    const note = recallReload()
    forgetReload()
    if (note?.pipelineId !== pipelineId) return []
    return [this.#death('reloaded', true, note.seenMs === undefined ? {} : { seenMs: note.seenMs })]
  }

  #noteDeath(how: DriverFault['how'], onDemand: boolean, more: Partial<DriverFault> = {}): void {
    const seenMs = this.#seenMs()
    this.#hooks.note(this.#death(how, onDemand, { ...(seenMs === undefined ? {} : { seenMs }), ...more }))
  }

  #death(how: DriverFault['how'], onDemand: boolean, more: Partial<DriverFault>): Incident {
    this.#count += 1
    return {
      id: `page-${performance.timeOrigin}-${this.#count}`,
      kind: 'driver',
      how,
      onDemand,
      settled: false,
      ...more,
    }
  }

  #seenMs(): number | undefined {
    const done = this.#hooks
      .around()
      .run.getState()
      .batches.filter(({ status }) => status === 'completed')
    return done.at(-1)?.batchTimeMs
  }
}
