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
  if (column.kind === 'numbers') return Array.from(column.values)
  if (column.kind === 'raw') return Array.from(column.values)
  const texts = new Array<string>(column.lengths.length)
  let start = 0
  let index = 0
  for (const length of column.lengths) {
    texts[index++] = column.joined.slice(start, start + length)
    start += length
  }
  return texts
}

/** Packs pairs given as two lists of one length. */
export function packPairs(keys: readonly unknown[], values: readonly unknown[]): PairColumns {
  return { keys: packColumn(keys), values: packColumn(values) }
}

/** The pairs `[key, value]` of two columns. */
export function unpackPairs(pairs: PairColumns): [unknown, unknown][] {
  const values = unpackColumn(pairs.values)
  return unpackColumn(pairs.keys).map((key, index) => [key, values[index]])
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
