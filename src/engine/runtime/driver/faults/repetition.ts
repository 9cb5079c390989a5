import type { BlockTracker } from '#engine/runtime/driver/receivers/block-tracker.ts'
import type { IncidentLog } from './incident-log.ts'

/** Records that a receiver was sent again, from the moment on that they wait for a block. */
export interface Redelivered {
  readonly inputStreamId: number
  readonly records: number
  /** They are in this block or later ones… */
  readonly firstBlock: number
  /** …behind so many records that the rate limit held back before. */
  readonly held: number
}

/** Follows repeated records into the batches that count them: receivers hand on in order. */
export class Repetition {
  private readonly incidents: IncidentLog
  private readonly id: string
  private readonly sent: Redelivered
  private readonly batches: (readonly [number, number])[] = []
  private ahead: number
  private left: number

  constructor(incidents: IncidentLog, id: string, sent: Redelivered) {
    this.incidents = incidents
    this.id = id
    this.sent = sent
    this.ahead = sent.held
    this.left = sent.records
  }

  get isOver(): boolean {
    return this.left === 0
  }

  /** Looks for them in a batch. */
  look(timeMs: number, blocks: BlockTracker): void {
    const { inputStreamId, firstBlock } = this.sent
    let found = 0
    for (const { id, records } of blocks.blocksOf(timeMs, inputStreamId)) {
      if (id < firstBlock) continue
      const passed = Math.min(this.ahead, records)
      const repeated = Math.min(this.left, records - passed)
      this.ahead -= passed
      this.left -= repeated
      found += repeated
    }
    if (found === 0) return
    this.batches.push([timeMs, found])
    const [[firstMs] = [timeMs]] = this.batches
    this.incidents.place(this.id, firstMs)
    this.incidents.learn('duplicates', this.id, { batches: [...this.batches] }, this.isOver ? 'settled' : undefined)
  }
}
