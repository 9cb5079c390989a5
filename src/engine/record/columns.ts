/** A list of records packed for a message port: numbers and text travel as columns (a copy of memory, or none at all),
 *  everything else by structured clone. Unpacking gives back exactly what was packed. */
export type Column =
  | { readonly kind: 'numbers'; readonly values: Float64Array<ArrayBuffer> }
  /** `lengths` in UTF-16 units: records may hold any character, line ends included. */
  | { readonly kind: 'text'; readonly joined: string; readonly lengths: Uint32Array<ArrayBuffer> }
  | { readonly kind: 'raw'; readonly values: readonly unknown[] }

/** Keys and values of pairs, as two columns of one length. */
export interface PairColumns {
  readonly keys: Column
  readonly values: Column
}

/** Beyond this many characters a joined text could meet the engine's limit for one string (2^29 in V8). */
const LONGEST_JOINED = 2 ** 28

/** Packs records into the cheapest column that keeps them exactly, -0 and NaN included. */
export function packColumn(values: readonly unknown[]): Column {
  return packNumbers(values) ?? packText(values) ?? { kind: 'raw', values }
}

/** The records of a column. A string of 13 or more characters is a view of the joined text: see retainKey. */
export function unpackColumn(column: Column): unknown[] {
  switch (column.kind) {
    case 'numbers':
      return unpackNumbers(column.values)
    case 'text':
      return unpackText(column.joined, column.lengths)
    case 'raw':
      return Array.from(column.values)
  }
}

/** Packs arrays of two; undefined when a record is something else. */
export function packPairs(records: readonly unknown[]): PairColumns | undefined {
  const keys: unknown[] = []
  const values: unknown[] = []
  for (const record of records) {
    if (!Array.isArray(record) || record.length !== 2) return undefined
    keys.push(record[0])
    values.push(record[1])
  }
  return { keys: packColumn(keys), values: packColumn(values) }
}

/** The pairs `[key, value]` of two columns. */
export function unpackPairs({ keys, values }: PairColumns): [unknown, unknown][] {
  const allValues = unpackColumn(values)
  const pairs: [unknown, unknown][] = []
  let index = 0
  for (const key of unpackColumn(keys)) pairs.push([key, allValues[index++]])
  return pairs
}

/** The buffers of columns that a message may move instead of copy; the columns are empty on this side afterwards. */
export function transferablesOf(...columns: readonly Column[]): ArrayBuffer[] {
  const buffers: ArrayBuffer[] = []
  for (const column of columns) {
    if (column.kind === 'numbers') buffers.push(column.values.buffer)
    else if (column.kind === 'text') buffers.push(column.lengths.buffer)
  }
  return buffers
}

function packNumbers(records: readonly unknown[]): Column | undefined {
  if (typeof records[0] !== 'number') return undefined
  const values = new Float64Array(records.length)
  for (let index = 0; index < records.length; index++) {
    const record = records[index]
    if (typeof record !== 'number') return undefined
    values[index] = record
  }
  return { kind: 'numbers', values }
}

function packText(records: readonly unknown[]): Column | undefined {
  if (typeof records[0] !== 'string') return undefined
  const lengths = new Uint32Array(records.length)
  let total = 0
  for (let index = 0; index < records.length; index++) {
    const record = records[index]
    if (typeof record !== 'string') return undefined
    lengths[index] = record.length
    total += record.length
  }
  return total > LONGEST_JOINED ? undefined : { kind: 'text', joined: records.join(''), lengths }
}

// Lists grow by push: in the sandbox, whose Array.prototype is frozen, V8 fills the holes of a list of a given length six times slower. And
// Array.from asks typed arrays for an iterator.

function unpackNumbers(values: Float64Array): unknown[] {
  const numbers: unknown[] = []
  for (let index = 0; index < values.length; index++) numbers.push(values[index])
  return numbers
}

function unpackText(joined: string, lengths: Uint32Array): unknown[] {
  const texts: unknown[] = []
  let start = 0
  for (const length of lengths) {
    texts.push(joined.slice(start, start + length))
    start += length
  }
  return texts
}
