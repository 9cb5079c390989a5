const INITIAL_CAPACITY = 64
const LOAD_FACTOR = 0.7

/** A table whose slots hold ids. Which slots do is kept apart, as that much stays near the processor. */
interface Table {
  readonly slots: Int32Array
  /** A bit per slot. */
  readonly taken: Int32Array
}

/** Two tables of up to so many slots are kept for the next time: getting them anew takes long, too. */
const MOST_KEPT = 1 << 21
let kept: readonly [Table, Table] = tablesOf(INITIAL_CAPACITY)

/** In which order Spark's reduce side gives out keys that were inserted in the order of their ids here, which are distinct: as slotOrderOfSpreads tells it.
 *  `spreads`: by id. Where the ids come nearly in that order already, memory is read nearly from front to back. */
export function slotOrderOfIds(ids: Int32Array, spreads: Int32Array, nullId: number): Int32Array {
  let [table, next] = tablesFor(ids.length)
  let capacity = INITIAL_CAPACITY
  table.taken.fill(0, 0, capacity >> 5)
  let hasNull = false
  for (let place = 0; ; ) {
    const threshold = Math.trunc(LOAD_FACTOR * capacity)
    for (const end = Math.min(ids.length, threshold + 1); place < end; place++) {
      const id = ids[place] ?? 0
      if (id === nullId) hasNull = true
      else insert(table, id, spreads[id] ?? 0, capacity - 1)
    }
    if (place <= threshold) break
    next.taken.fill(0, 0, capacity >> 4)
    insertAll(table, next, capacity, spreads)
    const full = table
    table = next
    next = full
    capacity *= 2
  }
  const order = new Int32Array(ids.length)
  if (hasNull) order[0] = nullId
  copyInto(order, hasNull ? 1 : 0, table, capacity)
  return order
}

/** As bits from a key's own slot on, the slots that it tries first: each is further from the one before than that was. */
const FIRST_TRIED = [0, 1, 3, 6, 10, 15, 21, 28].reduce((bits, at) => bits | (1 << at), 0)

function insert({ slots, taken }: Table, id: number, spread: number, mask: number): void {
  let slot = spread & mask
  const word = slot >> 5
  if (word < mask >> 5) {
    const shift = slot & 31
    // All at once, as going from one to the next cannot be foreseen by the processor.
    const free = ~(((taken[word] ?? 0) >>> shift) | (((taken[word + 1] ?? 0) << 1) << (31 - shift))) & FIRST_TRIED
    if (free !== 0) {
      slot += lowestBit(free)
      taken[slot >> 5] = (taken[slot >> 5] ?? 0) | (1 << (slot & 31))
      slots[slot] = id
      return
    }
  }
  for (let step = 1; (((taken[slot >> 5] ?? 0) >>> (slot & 31)) & 1) !== 0; step++) slot = (slot + step) & mask
  taken[slot >> 5] = (taken[slot >> 5] ?? 0) | (1 << (slot & 31))
  slots[slot] = id
}

/** Inserts what is in a full table into one twice as large, slot by slot. */
function insertAll({ slots, taken }: Table, next: Table, capacity: number, spreads: Int32Array): void {
  const mask = 2 * capacity - 1
  for (let word = 0; word < capacity >> 5; word++) {
    for (let bits = taken[word] ?? 0; bits !== 0; bits &= bits - 1) {
      const id = slots[(word << 5) + lowestBit(bits)] ?? 0
      insert(next, id, spreads[id] ?? 0, mask)
    }
  }
}

function copyInto(order: Int32Array, from: number, { slots, taken }: Table, capacity: number): void {
  let place = from
  for (let word = 0; word < capacity >> 5; word++)
    for (let bits = taken[word] ?? 0; bits !== 0; bits &= bits - 1)
      order[place++] = slots[(word << 5) + lowestBit(bits)] ?? 0
}

function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits)
}

function tablesFor(count: number): readonly [Table, Table] {
  let capacity = INITIAL_CAPACITY
  while (count > Math.trunc(LOAD_FACTOR * capacity)) capacity *= 2
  if (capacity <= kept[0].slots.length) return kept
  const tables = tablesOf(capacity)
  if (capacity <= MOST_KEPT) kept = tables
  return tables
}

function tablesOf(capacity: number): readonly [Table, Table] {
  return [tableOf(capacity), tableOf(capacity)]
}

function tableOf(capacity: number): Table {
  return { slots: new Int32Array(capacity), taken: new Int32Array(capacity >> 5) }
}
