import type { BatchData } from '#engine/model/batch-data.ts'
import type { Incident } from '#engine/model/incident.ts'
import type { DriverEvent } from '#protocol/driver-event.ts'
import type { RunFigures, RunStore } from '#ui/state/run-store.ts'
import { foldEvents, keepData } from './fold-events.ts'
import { mergeIncident } from './merge-incident.ts'

/** A hidden tab draws no frames, but must not hoard events either. */
const AT_LEAST_EVERY_MS = 500

/** Collects the driver's events and replaces the figures once per animation frame. */
export class FiguresFeed {
  readonly #store: RunStore
  #waiting: DriverEvent[] = []
  #frame: number | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(store: RunStore) {
    this.#store = store
  }

  push(event: DriverEvent): void {
    this.#waiting.push(event)
    if (this.#frame !== undefined) return
    this.#frame = requestAnimationFrame(() => this.flush())
    this.#timer = setTimeout(() => this.flush(), AT_LEAST_EVERY_MS)
  }

  /** Writes what waits now. */
  flush(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame)
    clearTimeout(this.#timer)
    this.#frame = undefined
    const events = this.#waiting
    this.#waiting = []
    if (events.length > 0) this.#store.setState((figures) => foldEvents(figures, events))
  }

  /** A change that did not come from the driver, after all events that came before it. */
  update(change: (figures: RunFigures) => Partial<RunFigures>): void {
    this.flush()
    this.#store.setState(change)
  }

  /** The data of a past batch that was asked for. */
  keep(batch: BatchData): void {
    this.update(({ data }) => ({ data: keepData(data, batch) }))
  }

  /** Something is not as it should be. */
  warn(message: string): void {
    this.update(({ warnings }) => ({ warnings: [...warnings, { message }] }))
  }

  /** Something happened that the page itself saw. */
  note(incident: Incident): void {
    this.update(({ incidents }) => ({ incidents: mergeIncident(incidents, incident) }))
  }

  /** Forgets what waits: it belongs to a run that is over. */
  drop(): void {
    this.#waiting = []
    this.flush()
  }
}
