import type { Records, Shipment } from '#engine/runtime/executor/rdds/rdd.ts'
import type { PackedPairs } from './packed-pairs.ts'

/** Pairs on their way that are records only when somebody asks for them. */
export class PackedShipment implements Shipment {
  readonly from: number
  readonly to: number
  readonly packed: PackedPairs

  constructor(from: number, to: number, packed: PackedPairs) {
    this.from = from
    this.to = to
    this.packed = packed
  }

  get records(): Records {
    return this.packed.pairs()
  }
}
