import { expect, test } from 'vitest'
import { rowRandom, rowRandoms } from './random.ts'

const draw = (random: () => number, count: number) => Array.from({ length: count }, random)

test('a row has the same numbers every time, in whatever order rows are made', () => {
  const randoms = rowRandoms(7, 'clicks')
  const late = draw(randoms(5), 4)
  expect(draw(randoms(4), 4)).not.toEqual(late)
  expect(draw(rowRandom(7, 'clicks', 5), 4)).toEqual(late)
})

test('seed, stream and row each change the numbers, rows beyond 32 bits too', () => {
  const firsts = new Set<number>()
  for (const seed of [0, 1, -1, 2 ** 32 + 1]) {
    for (const name of ['', 'a', 'b', 'ab']) {
      for (const index of [0, 1, 2, 2 ** 32, 2 ** 32 + 1]) firsts.add(rowRandom(seed, name, index)())
    }
  }
  expect(firsts.size).toBe(4 * 4 * 5)
})

test('numbers are spread evenly over [0, 1), within a row and across rows', () => {
  const within = draw(rowRandom(1, 'x', 0), 20_000)
  const randoms = rowRandoms(1, 'x')
  const across = Array.from({ length: 20_000 }, (_, index) => randoms(index)())
  for (const numbers of [within, across]) {
    const tenths = new Array<number>(10).fill(0)
    for (const number of numbers) {
      const tenth = Math.floor(number * 10)
      tenths[tenth] = (tenths[tenth] ?? 0) + 1
    }
    // 2000 expected in each, with a standard deviation of 42.
    for (const count of tenths) expect(Math.abs(count - 2000)).toBeLessThan(210)
  }
})
