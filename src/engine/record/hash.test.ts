import { expect, test } from 'vitest'
import { hashKey, partitionOf } from './hash.ts'

test.each([
  [null, 0],
  [undefined, 0],
  ['', 0],
  ['hello', 99162322],
  ['polygenelubricants', -2147483648],
  [true, 1231],
  [false, 1237],
  [7, 7],
  [-7, -7],
  [-0, 0],
  [2147483647, 2147483647],
  [-2147483648, -2147483648],
  // Long: high word xor low word
  [2147483648, -2147483648],
  [3_000_000_000, -1294967296],
  [-3_000_000_000, -1294967297],
  [2 ** 32, 1],
  [Number.MAX_SAFE_INTEGER, 0x1fffff ^ -1],
  // Double: high word xor low word of its bits
  [1.5, 0x3ff80000],
  [-1.5, 0xbff80000 | 0],
  [0.1, (0x3fb99999 ^ 0x9999999a) | 0],
  [1e300, (0x7e37e43c ^ 0x8800759c) | 0],
  [Number.NaN, 0x7ff80000],
  [Number.POSITIVE_INFINITY, 0x7ff00000],
  [12n, 12],
  [-1n, 0],
  [1n << 64n, 0],
  [new Date(1), 1],
  [new Date(2 ** 32), 1],
  // List and Map
  [[], 1],
  [['a', 1], 31 * (31 + 97) + 1],
  [[null], 31],
  [{}, 0],
  [{ a: 1 }, 97 ^ 1],
  [{ b: 'x', a: 1 }, (97 ^ 1) + (98 ^ 120)],
])('the hash of %o is %i, as in Java', (key, hash) => {
  expect(hashKey(key)).toBe(hash)
})

test('partitions are never negative, null goes to the first', () => {
  expect(partitionOf(null, 4)).toBe(0)
  expect(partitionOf(undefined, 4)).toBe(0)
  expect(partitionOf(-1, 4)).toBe(3)
  expect(partitionOf(-4, 4)).toBe(0)
  expect(Object.is(partitionOf(-4, 4), 0)).toBe(true)
  expect(partitionOf('polygenelubricants', 3)).toBe(1)
})
