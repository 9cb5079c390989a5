import { printTagged } from '#engine/record/tagged-json.ts'
import {
  MAX_BLOCK_CHARS,
  MAX_BLOCK_RECORDS,
  MAX_HAPPENED,
  MAX_PULLED_BLOCKS,
  MAX_PULLED_CHARS,
  MAX_PULLED_RECORDS,
  type ReceiverAnswer,
  type ReceiverHappening,
  type StoredBlock,
} from './receiver-wire.ts'

/** Records that may wait when the code does not wait itself; more are dropped. */
const MAX_WAITING = 100_000
const MAX_WAITING_BLOCKS = 64

interface Deferred {
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

/** What a receiver has stored and the driver has not pulled yet. */
export class Outbox {
  /** Records that may wait before a caller of `item` has to. */
  window: number
  private readonly onFilled: () => void
  private items: string[] = []
  private blocks: StoredBlock[] = []
  private happened: ReceiverHappening[] = []
  private dropped = 0
  private lastBlock = 0
  /** Callers of `item`, in order, that wait until fewer records do. */
  private held: (() => void)[] = []
  /** Callers of `block`, until the driver says what became of it. */
  private readonly unsettled = new Map<number, Deferred>()

  /** `onFilled` is called whenever there is something new to pull. */
  constructor(window: number, onFilled: () => void) {
    this.window = window
    this.onFilled = onFilled
  }

  /** One record, for a block with others. Resolves when more may be stored.
   *  Fails: throws at once what is no record; rejects when too many records wait, and drops this one */
  item(record: unknown): Promise<void> {
    const text = printTagged(record)
    if (text.length > MAX_PULLED_CHARS)
      throw new Error(`A record has at most ${MAX_PULLED_CHARS} characters when it is written as JSON.`)
    if (this.items.length >= MAX_WAITING) {
      this.dropped += 1
      return Promise.reject(new Error(`More than ${MAX_WAITING} records wait: this one is dropped. ${WAIT_HINT}`))
    }
    this.items.push(text)
    this.onFilled()
    if (this.items.length < this.window) return Promise.resolve()
    return new Promise((resolve) => this.held.push(resolve))
  }

  /** Records that are one block. Resolves when the block is stored, logged where there is a log, and accepted.
   *  Fails: throws at once what is no record, or too much; rejects when the block was not stored */
  block(records: Iterable<unknown>): Promise<void> {
    const texts: string[] = []
    for (const record of records) {
      if (texts.length >= MAX_BLOCK_RECORDS) throw new Error(`A block has at most ${MAX_BLOCK_RECORDS} records.`)
      texts.push(printTagged(record))
    }
    const text = `[${texts.join(',')}]`
    if (text.length > MAX_BLOCK_CHARS)
      throw new Error(`A block has at most ${MAX_BLOCK_CHARS} characters: store its records in several.`)
    if (this.unsettled.size >= MAX_WAITING_BLOCKS)
      return Promise.reject(new Error(`More than ${MAX_WAITING_BLOCKS} blocks wait. ${WAIT_HINT}`))
    const id = ++this.lastBlock
    this.blocks.push({ id, records: texts.length, text })
    this.onFilled()
    return new Promise((resolve, reject) => this.unsettled.set(id, { resolve, reject }))
  }

  settle(id: number, ok: boolean): void {
    const waiting = this.unsettled.get(id)
    this.unsettled.delete(id)
    if (ok) waiting?.resolve()
    else waiting?.reject(new Error('The block could not be stored: do not acknowledge it, and store it again later.'))
  }

  note(happening: ReceiverHappening): void {
    if (this.happened.length < MAX_HAPPENED) this.happened.push(happening)
    // What changes the receiver's state may not be crowded out by what only tells.
    else if (happening.kind !== 'log' && happening.kind !== 'reportError')
      this.happened = [...this.happened.slice(1 - MAX_HAPPENED), happening]
    this.onFilled()
  }

  get isEmpty(): boolean {
    return this.items.length === 0 && this.blocks.length === 0 && this.happened.length === 0
  }

  /** Takes out what a pull asked for. */
  pull(records: number, blocks: number): Omit<ReceiverAnswer, 'kind' | 'seq'> {
    const most = Math.min(records, MAX_PULLED_RECORDS, this.items.length)
    let taken = 0
    for (let chars = 0; taken < most; taken++) {
      chars += (this.items[taken]?.length ?? 0) + 1
      if (chars > MAX_PULLED_CHARS && taken > 0) break
    }
    const texts = this.items.splice(0, taken)
    const whole = this.blocks.splice(0, Math.min(blocks, MAX_PULLED_BLOCKS))
    const { happened, dropped } = this
    this.happened = []
    this.dropped = 0
    const waiting = this.items.length + this.blocks.reduce((sum, each) => sum + each.records, 0)
    if (this.items.length < this.window) for (const go of this.held.splice(0)) go()
    const told: readonly ReceiverHappening[] =
      dropped === 0 ? happened : [...happened, { kind: 'dropped', records: dropped }]
    return { records: texts.length, text: `[${texts.join(',')}]`, blocks: whole, happened: told, waiting }
  }
}

const WAIT_HINT = 'Wait for what store gives: await receiver.store(…).'
