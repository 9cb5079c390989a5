import { type Column, packColumn, packPairs, unpackColumn, unpackPairs } from '#engine/record/columns.ts'
import { findForeign } from '#engine/record/foreign.ts'
import { encodeRecord } from '#engine/runtime/executor/jobs/meter.ts'
import { JobFailure } from '#engine/runtime/executor/jobs/step-failure.ts'
import { PackedShipment } from '#engine/runtime/executor/packed/packed-shipment.ts'
import type { Shipment } from '#engine/runtime/executor/rdds/rdd.ts'
import type { ExchangeBlock } from '#engine/runtime/wire.ts'

/** A shipment as it travels: pairs of text and numbers as columns. */
export function packShipment(shipment: Shipment): ExchangeBlock {
  const { from, to } = shipment
  if (shipment instanceof PackedShipment)
    return { from, to, records: { kind: 'pairs', columns: shipment.packed.columns() } }
  const { records } = shipment
  const columns = records.length > 0 ? packPairs(records) : undefined
  if (columns !== undefined) return { from, to, records: { kind: 'pairs', columns } }
  return { from, to, records: { kind: 'any', column: packColumn(records) } }
}

export function unpackShipment({ from, to, records }: ExchangeBlock): Shipment {
  return { from, to, records: records.kind === 'pairs' ? unpackPairs(records.columns) : unpackColumn(records.column) }
}

export function columnsOf({ records }: ExchangeBlock): readonly Column[] {
  return records.kind === 'pairs' ? [records.columns.keys, records.columns.values] : [records.column]
}

/** Nothing that travels in these columns needs a look: all is text and numbers. */
export function isPlain(block: ExchangeBlock): boolean {
  return columnsOf(block).every(({ kind }) => kind !== 'raw')
}

/** Why these records cannot travel: a port would refuse them, or bring something else. */
export function refusalOf(records: readonly unknown[], node: string): JobFailure | undefined {
  try {
    for (const record of records) if (isForeign(record)) encodeRecord(record, node)
    return undefined
  } catch (failure) {
    if (failure instanceof JobFailure) return failure
    throw failure
  }
}

/** Looks at the parts of a pair on their own: mostly text and numbers, which need no look. */
function isForeign(record: unknown): boolean {
  if (!Array.isArray(record) || record.length !== 2) return hasForeign(record)
  return hasForeign(record[0]) || hasForeign(record[1])
}

function hasForeign(value: unknown): boolean {
  return typeof value !== 'string' && typeof value !== 'number' && findForeign(value) !== undefined
}
