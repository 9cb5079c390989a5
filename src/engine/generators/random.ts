/** A source of numbers in [0, 1), each call the next one. */
export type Random = () => number

/** The random numbers of a stream's rows: every row has a sequence of its own, so rows can be made in any order, in any
 *  executor, and again.
 *  Shape: (seed, stream name) → row index → the row's sequence */
export function rowRandoms(seed: number, streamName: string): (index: number) => Random {
  const streamLow = hashText(streamName, seed | 0)
  const streamHigh = hashText(streamName, Math.floor(seed / 0x1_0000_0000) ^ 0x5bd1e995)
  return (index) => sfc32(streamLow, streamHigh, index | 0, Math.floor(index / 0x1_0000_0000) | 0)
}

/** The random numbers of one row: a pure function of its three arguments. */
export function rowRandom(seed: number, streamName: string, index: number): Random {
  return rowRandoms(seed, streamName)(index)
}

/** Chris Doty-Humphrey's "small fast counting" generator (PractRand), 128 bits of state, with its 12 rounds of seeding:
 *  after them, neighbouring row indices have unrelated sequences. */
function sfc32(seedA: number, seedB: number, seedC: number, seedD: number): Random {
  let a = seedA
  let b = seedB
  let c = seedC
  let counter = seedD + 1
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 0x1_0000_0000
  }
  for (let round = 0; round < 12; round++) next()
  return next
}

/** FNV-1a over UTF-16 units, mixed so that short names differ in every bit. */
function hashText(text: string, seed: number): number {
  let hash = seed ^ 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}
