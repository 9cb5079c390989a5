import { foreignKey } from './key-form.ts'
import { dateMs, MAX_DEPTH, shapeOf } from './shape.ts'

/** Java's hash code of a key, so that records land in the partitions in which Spark's HashPartitioner puts them.
 *  Numbers hash as the Java type that would hold them: Integer, Long when beyond 32 bits, else Double.
 *  Equal keys (see keyForm) have equal hashes.
 *  Units: a signed 32-bit integer
 *  Fails: RecordError for a key that is no record
 *  Source: java.lang.{String, Integer, Long, Double, Boolean}.hashCode, java.util.{List, Map, Date}.hashCode */
export function hashKey(key: unknown): number {
  return hashInside(key, key, 0)
}

/** The partition of a key: null → 0, else its hash modulo the number of partitions, never negative.
 *  Fails: RecordError for a key that is no record
 *  Source: org.apache.spark.HashPartitioner, Utils.nonNegativeMod */
export function partitionOf(key: unknown, numPartitions: number): number {
  return partitionOfHash(hashKey(key), numPartitions)
}

/** The partition of the keys with this hash. */
export function partitionOfHash(hash: number, numPartitions: number): number {
  const rest = hash % numPartitions
  return rest < 0 ? rest + numPartitions : rest + 0 // + 0: a remainder of -0 becomes 0
}

function hashInside(value: unknown, whole: unknown, depth: number): number {
  switch (typeof value) {
    case 'string':
      return hashString(value)
    case 'number':
      return hashNumber(value)
    case 'boolean':
      return value ? 1231 : 1237
    case 'bigint':
      return hashBigint(value)
    case 'undefined':
      return 0
    default:
      return value === null ? 0 : hashObject(value, whole, depth)
  }
}

function hashString(text: string): number {
  let hash = 0
  for (let index = 0; index < text.length; index++) hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0
  return hash
}

const float = new Float64Array(1)
const words = new Int32Array(float.buffer)

function hashNumber(value: number): number {
  if ((value | 0) === value) return value | 0 // also makes -0 a 0
  if (Number.isSafeInteger(value)) return hashLong(value)
  // Java hashes every NaN as its canonical one, 0x7ff8000000000000; engines may hold others.
  if (Number.isNaN(value)) return 0x7ff80000
  float[0] = value
  return (words[0] ?? 0) ^ (words[1] ?? 0) // symmetric, so byte order does not matter
}

function hashLong(value: number): number {
  const high = Math.floor(value / 0x1_0000_0000)
  return (high | 0) ^ ((value - high * 0x1_0000_0000) | 0)
}

function hashBigint(value: bigint): number {
  const bits = BigInt.asUintN(64, value)
  return Number(BigInt.asIntN(32, bits >> 32n)) ^ Number(BigInt.asIntN(32, bits))
}

function hashObject(value: unknown, whole: unknown, depth: number): number {
  const shape = typeof value === 'object' && value !== null && depth < MAX_DEPTH ? shapeOf(value) : undefined
  if (shape === undefined || typeof value !== 'object' || value === null) throw foreignKey(whole)
  if (shape === 'date') {
    const ms = dateMs(value)
    return Number.isNaN(ms) ? 0 : hashLong(ms) // Java has no invalid dates
  }
  if (Array.isArray(value)) {
    let hash = 1
    for (let index = 0; index < value.length; index++) {
      hash = (Math.imul(hash, 31) + hashInside(value[index], whole, depth + 1)) | 0
    }
    return hash
  }
  let hash = 0
  for (const name of Object.keys(value)) {
    const member: unknown = (value as Record<string, unknown>)[name] // a cast: the name is its own
    hash = (hash + (hashString(name) ^ hashInside(member, whole, depth + 1))) | 0
  }
  return hash
}
