import fc from 'fast-check'
import { expect, test } from 'vitest'
import { javaRandomLongs } from './java-random.ts'
import { repartitionTarget } from './repartition-target.ts'
import { XorShiftRandom } from './xor-shift-random.ts'

test('java.util.Random gives its well-known first longs', () => {
  expect(javaRandomLongs(0n, 1)).toEqual([-4962768465676381896n])
  expect(javaRandomLongs(42n, 2)).toEqual([-5025562857975149833n, -5843495416241995736n])
})

/** The same generator in 64-bit integers, as Spark writes it. */
function* slowStates(start: bigint): Iterable<bigint> {
  let seed = start
  for (;;) {
    seed = BigInt.asUintN(64, seed ^ (seed << 21n))
    seed ^= seed >> 35n
    seed = BigInt.asUintN(64, seed ^ (seed << 4n))
    yield seed
  }
}

/** Scala's MurmurHash3.bytesHash over bytes, one by one. */
function slowBytesHash(bytes: readonly number[], seed: number): number {
  const rotl = (int: number, by: number) => (int << by) | (int >>> (32 - by))
  let hash = seed
  for (let at = 0; at < bytes.length; at += 4) {
    const [a = 0, b = 0, c = 0, d = 0] = bytes.slice(at, at + 4)
    const word = a | (b << 8) | (c << 16) | (d << 24)
    hash ^= Math.imul(rotl(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593)
    hash = (Math.imul(rotl(hash, 13), 5) + 0xe6546b64) | 0
  }
  hash ^= bytes.length
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}

function slowSeed(seed: bigint): bigint {
  const bytes = Array.from({ length: 8 }, (_, index) =>
    Number((BigInt.asUintN(64, seed) >> BigInt(56 - 8 * index)) & 255n),
  )
  const low = slowBytesHash(bytes, 0x3c074a61)
  const high = slowBytesHash(bytes, low)
  return (BigInt.asUintN(32, BigInt(high)) << 32n) | BigInt.asUintN(32, BigInt(low))
}

test('the generator is Spark’s, written slowly in 64-bit integers', () => {
  fc.assert(
    fc.property(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), fc.integer({ min: 1, max: 2 ** 30 }), (seed, bound) => {
      const random = new XorShiftRandom(seed)
      const states = slowStates(slowSeed(seed))[Symbol.iterator]()
      const next = (bits: bigint) => Number((states.next().value ?? 0n) & (2n ** bits - 1n))
      for (let round = 0; round < 5; round++) {
        const high = next(26n)
        expect(random.nextDouble()).toBe((high * 2 ** 27 + next(27n)) / 2 ** 53)
      }
      const drawn = next(31n)
      const isPower = (bound & (bound - 1)) === 0
      if (isPower) expect(random.nextInt(bound)).toBe(Number((BigInt(bound) * BigInt(drawn)) >> 31n))
      else if (drawn < 2 ** 31 - (2 ** 31 % bound)) expect(random.nextInt(bound)).toBe(drawn % bound)
    }),
  )
})

test('repartition spreads two records of each of 50 partitions as Spark’s own test of SPARK-40407 expects', () => {
  const sizes = [0, 0, 0, 0]
  for (let partition = 0; partition < 50; partition++) {
    const target = repartitionTarget(partition, 4)
    for (const record of [0, 1]) sizes[target(record)] = (sizes[target(record)] ?? 0) + 1
  }
  expect(sizes.sort((a, b) => a - b)).toEqual([23, 25, 25, 27])
})

test('the records of a partition go to neighbouring targets in turn', () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.integer({ min: 1, max: 40 }), (partition, count) => {
      const target = repartitionTarget(partition, count)
      const start = target(0)
      expect(start).toBeGreaterThanOrEqual(0)
      expect(Array.from({ length: 50 }, (_, record) => target(record))).toEqual(
        Array.from({ length: 50 }, (_, record) => (start + record) % count),
      )
    }),
  )
})
