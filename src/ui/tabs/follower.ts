import type { BatchData } from '#engine/model/batch-data.ts'
import { parsePipelineText } from '#engine/model/parse-pipeline.ts'
import { FiguresFeed } from '#ui/engine/figures-feed.ts'
import { beat, freshPulse } from '#ui/engine/heartbeat.ts'
import type { RemoteRun } from '#ui/engine/neighbours.ts'
import { applyChange } from './figures-change.ts'
import type { Shown } from './owner-feed.ts'
import type { Seat, SeatStore } from './seat-store.ts'
import type { OwnersDocument, TabChannel, TabMessage } from './tab-message.ts'

const TICK_MS = 1000
/** An owner that has said nothing for so long counts as silent. */
const SILENT_AFTER_MS = 3000
/** A batch that ends may take its time; then the person is asked. */
const HANDED_WITHIN_MS = 15_000
const ANSWERED_WITHIN_MS = 2500

export interface FollowerSurroundings {
  readonly shown: Shown
  readonly seats: SeatStore
  readonly channel: Pick<TabChannel, 'say'>
  /** A tab that was just opened takes a document whose owner goes before it has answered: its own page before a reload, mostly. */
  readonly takesAtOnce: boolean
  /** Calls once no tab owns the document. */
  readonly watchLock: (onFree: () => void) => void
  /** The owner has let go: this tab may take the document, and go on with the version that ran. */
  readonly handed: (running: string | undefined) => void
}

/** Shows the document and the run of the tab that owns them. */
export class Follower implements RemoteRun {
  readonly #around: FollowerSurroundings
  readonly #feed: FiguresFeed
  readonly #tick: ReturnType<typeof setInterval>
  readonly #asked = new Map<number, (data: BatchData | undefined) => void>()
  #late: ReturnType<typeof setTimeout> | undefined
  #owner: string | undefined
  #pulse = freshPulse(performance.now())
  #heard = false
  #wasLive = false

  constructor(around: FollowerSurroundings) {
    this.#around = around
    this.#feed = new FiguresFeed(around.shown.run)
    around.seats.setState({ seat: { kind: 'follower', owner: 'asked', taking: 'no' } })
    around.channel.say({ kind: 'join' })
    if (around.takesAtOnce) this.#watch()
    this.#tick = setInterval(() => this.#listen(), TICK_MS)
  }

  batchData(timeMs: number): Promise<BatchData | undefined> {
    this.#around.channel.say({ kind: 'askBatch', timeMs }, this.#owner)
    return new Promise((resolve) => {
      this.#asked.get(timeMs)?.(undefined)
      this.#asked.set(timeMs, resolve)
      setTimeout(resolve, ANSWERED_WITHIN_MS, undefined)
    })
  }

  /** Asks the owner for the document. */
  takeOver(): void {
    const silent = this.#seat().owner === 'silent'
    this.#move({ taking: silent ? 'late' : 'asked' })
    if (silent) return
    this.#around.channel.say({ kind: 'takeOver' }, this.#owner)
    this.#lateAfter(ANSWERED_WITHIN_MS)
  }

  /** The person would rather wait. */
  wait(): void {
    clearTimeout(this.#late)
    this.#move({ taking: 'no' })
  }

  hear(message: TabMessage): void {
    if (message.kind === 'hello' || message.kind === 'whole') this.#owner = message.from
    if (message.from !== this.#owner) return
    this.#heard = true
    this.#take(message)
  }

  close(): void {
    clearInterval(this.#tick)
    clearTimeout(this.#late)
    this.#feed.drop()
    for (const answer of this.#asked.values()) answer(undefined)
    this.#around.channel.say({ kind: 'part' })
  }

  #take(message: TabMessage): void {
    const { shown, channel, handed } = this.#around
    switch (message.kind) {
      case 'hello':
        channel.say({ kind: 'join' })
        break
      case 'whole':
        this.#feed.drop()
        shown.run.setState(message.figures)
        this.#showDocument(message.document)
        this.#live()
        break
      case 'document':
        this.#showDocument(message.document)
        break
      case 'event':
        this.#feed.push(message.event)
        break
      case 'figures':
        this.#feed.update((figures) => applyChange(figures, message.change))
        break
      case 'batch':
        this.#asked.get(message.timeMs)?.(message.data)
        this.#asked.delete(message.timeMs)
        break
      case 'handing':
        this.#move({ taking: 'handing' })
        this.#lateAfter(HANDED_WITHIN_MS)
        break
      case 'handed':
        handed(message.running)
        break
      case 'here':
        // It was frozen, and what happened meanwhile was not told.
        if (this.#seat().owner === 'silent') channel.say({ kind: 'join' })
        break
    }
  }

  #listen(): void {
    this.#pulse = beat(this.#pulse, performance.now(), this.#heard)
    this.#heard = false
    const { channel } = this.#around
    const { owner } = this.#seat()
    if (owner === 'gone') return
    channel.say({ kind: owner === 'asked' ? 'join' : 'ask' })
    if (this.#pulse.silentMs < SILENT_AFTER_MS || owner === 'silent') return
    this.#move({ owner: 'silent' })
    this.#watch()
  }

  #live(): void {
    if (this.#seat().owner === 'live') return
    this.#wasLive = true
    this.#move({ owner: 'live' })
    this.#watch()
  }

  #watch(): void {
    this.#around.watchLock(() => {
      clearTimeout(this.#late)
      if (this.#around.takesAtOnce && !this.#wasLive) this.#around.handed(undefined)
      else this.#move({ owner: 'gone', taking: 'no' })
    })
  }

  #showDocument({ text, clock }: OwnersDocument): void {
    const parsed = parsePipelineText(text)
    if (parsed.ok) this.#around.shown.document.getState().show(parsed.value)
    this.#around.shown.session.getState().setClock(clock)
  }

  #lateAfter(limitMs: number): void {
    clearTimeout(this.#late)
    this.#late = setTimeout(() => this.#move({ taking: 'late' }), limitMs)
  }

  #seat(): Seat & { kind: 'follower' } {
    const { seat } = this.#around.seats.getState()
    return seat.kind === 'follower' ? seat : { kind: 'follower', owner: 'asked', taking: 'no' }
  }

  #move(change: Partial<Omit<Seat & { kind: 'follower' }, 'kind'>>): void {
    this.#around.seats.setState({ seat: { ...this.#seat(), ...change } })
  }
}
