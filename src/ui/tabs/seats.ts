import { problem } from '#engine/model/diagnostic.ts'
import { printPipeline } from '#engine/model/print-pipeline.ts'
import type { DriverEvent } from '#protocol/driver-event.ts'
import type { EngineClient } from '#ui/engine/engine-client.ts'
import type { Neighbours } from '#ui/engine/neighbours.ts'
import { isBusy } from '#ui/state/run-phase.ts'
import { t } from '#ui/words/words.ts'
import { DocumentLock } from './document-lock.ts'
import type { Follower } from './follower.ts'
import type { OwnerFeed, Shown } from './owner-feed.ts'
import { createSeatStore } from './seat-store.ts'
import { TabChannel, type TabMessage } from './tab-message.ts'

export interface SeatsSurroundings extends Shown {
  readonly client: EngineClient
  /** Resolves when every edit is stored. */
  readonly saveEdits: () => Promise<void>
  /** The document was taken away: an edit that is not stored yet is kept as an earlier version. */
  readonly keepEdits: () => Promise<void>
  /** Opens the followed document as this tab's own. */
  readonly openOwned: (options: { readonly steal: boolean; readonly running?: string | undefined }) => Promise<void>
}

/** Who owns the document that this tab shows: this tab, or another one that it follows. */
export class Seats implements Neighbours {
  readonly store = createSeatStore()
  readonly #around: SeatsSurroundings
  readonly #lock = new DocumentLock(() => void this.#lose())
  readonly #self = crypto.getRandomValues(new Uint32Array(2)).join('-')
  #channel: TabChannel | undefined
  #feed: OwnerFeed | undefined
  #follower: Follower | undefined
  #handing = false

  constructor(around: SeatsSurroundings) {
    this.#around = around
  }

  /** Takes the document for this tab. False: another tab owns it, and once the document is on the desk `follow` shows what it does. */
  async take(id: string, { steal = false } = {}): Promise<boolean> {
    this.#stand()
    const owned = await this.#lock.take(id, { steal })
    if (!owned) return false
    this.store.setState({ seat: { kind: 'owner' } })
    this.#around.client.claims.make(id)
    this.#channel = new TabChannel(id, this.#self, (message) => void this.#hearAsOwner(message))
    this.#channel.say({ kind: 'hello' })
    return true
  }

  /** Shows the document on the desk as the tab that owns it has it. `takesAtOnce`: see Follower. */
  async follow({ takesAtOnce = false } = {}): Promise<void> {
    const { document, session, run, client } = this.#around
    const { id, lock } = document.getState()
    this.#stand()
    lock(problem('document/followed', t('tabs.locked'), { hint: t('tabs.lockedHint') }))
    session.getState().setConsent('given')
    const { Follower } = await import('./follower.ts')
    if (document.getState().id !== id || this.#follower !== undefined) return
    const channel = new TabChannel(id, this.#self, (message) => this.#follower?.hear(message))
    this.#channel = channel
    this.#follower = new Follower({
      shown: { document, session, run },
      seats: this.store,
      channel,
      takesAtOnce,
      watchLock: (onFree) => this.#lock.watch(id, onFree),
      handed: (running) => void this.#around.openOwned({ steal: false, running }),
    })
    client.follow(this.#follower)
  }

  /** What the person asks for on a following tab. */
  async takeOver(): Promise<void> {
    const { seat } = this.store.getState()
    if (seat.kind !== 'follower') return
    if (seat.owner === 'gone') await this.#around.openOwned({ steal: false })
    else this.#follower?.takeOver()
  }

  async takeByForce(): Promise<void> {
    await this.#around.openOwned({ steal: true })
  }

  /** Not by force, then. */
  wait(): void {
    this.#follower?.wait()
  }

  /** Whether another tab has this document open. */
  readonly isElsewhere = (id: string): Promise<boolean> => this.#lock.isHeld(id)

  heard(event: DriverEvent): void {
    this.#feed?.event(event)
  }

  fenced(): void {
    void this.#lose()
  }

  /** The page goes away, perhaps to come back from the browser's memory. */
  part(): void {
    this.#follower?.close()
  }

  async #hearAsOwner(message: TabMessage): Promise<void> {
    const { from } = message
    switch (message.kind) {
      case 'join':
        await this.#admit(from)
        break
      case 'part':
        this.#feed?.remove(from)
        break
      case 'ask':
        this.#channel?.say({ kind: 'here' }, from)
        break
      case 'askBatch':
        await this.#giveBatch(message.timeMs, from)
        break
      case 'takeOver':
        await this.#handOver(from)
        break
      case 'hello':
        // Without locks, the tab that came last owns the document.
        await this.#lose()
        break
    }
  }

  async #giveBatch(timeMs: number, follower: string): Promise<void> {
    const channel = this.#channel
    const data = await this.#around.client.batchData(timeMs)
    if (channel === this.#channel) channel?.say({ kind: 'batch', timeMs, data }, follower)
  }

  async #admit(follower: string): Promise<void> {
    const channel = this.#channel
    if (this.#feed === undefined) {
      const { OwnerFeed } = await import('./owner-feed.ts')
      if (channel === undefined || channel !== this.#channel) return
      this.#feed ??= new OwnerFeed(this.#around, channel)
    }
    this.#feed.add(follower)
  }

  /** Ends the run where it can go on elsewhere, stores everything, and follows the tab that asked. */
  async #handOver(follower: string): Promise<void> {
    const channel = this.#channel
    if (this.#handing || channel === undefined) return
    this.#handing = true
    try {
      channel.say({ kind: 'handing' }, follower)
      const { client, run, saveEdits } = this.#around
      const { phase, pipeline } = run.getState()
      const running = isBusy(phase) && pipeline !== undefined ? printPipeline(pipeline) : undefined
      // A clock that stands has nothing under way, and a graceful stop would let it run on.
      await client.stop({ graceful: phase === 'running' })
      await saveEdits()
      if (channel !== this.#channel) return
      this.#lock.release()
      channel.say({ kind: 'handed', running }, follower)
      await this.follow()
    } finally {
      this.#handing = false
    }
  }

  /** Another tab owns the document now. Nothing more may be written here, and what it does is followed. */
  async #lose(): Promise<void> {
    if (this.store.getState().seat.kind !== 'owner' || this.#channel === undefined) return
    this.#around.client.surrender()
    const followed = this.follow()
    await this.#around.keepEdits()
    await followed
  }

  /** Gets up from wherever this tab sits. */
  #stand(): void {
    this.#follower?.close()
    this.#feed?.close()
    this.#channel?.close()
    this.#lock.release()
    this.#follower = undefined
    this.#feed = undefined
    this.#channel = undefined
  }
}
