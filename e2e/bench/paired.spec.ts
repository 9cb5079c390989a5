import { expect, test } from 'vitest'
import { judge } from './engine/judge.ts'
import type { CaseResult } from './engine/kernel.ts'
import { compare, quantile, randomOf, summarize } from './engine/paired.ts'

/** A machine whose every slice takes as long as its variant says, times what else goes on in the round. */
function machine() {
  let nowMs = 0
  const noise = randomOf(7)
  const platform = { now: () => nowMs, turn: () => Promise.resolve(), random: randomOf(3) }
  const variant = (name: string, ms: number, result: unknown = 1) => ({
    name,
    run: () => {
      nowMs += ms * (1 + noise() * 0.02)
      return result
    },
  })
  return { platform, variant }
}

test('finds how much longer a variant takes, and that a variant takes as long as itself', async () => {
  const { platform, variant } = machine()
  const { measurements, noise } = await compare([variant('base', 10), variant('double', 20)], 30, platform)
  expect(measurements.map(({ name }) => name)).toEqual(['base', 'double', 'A/A'])
  expect(quantile(measurements[1]?.ratios ?? [], 0.5)).toBeCloseTo(2, 1)
  expect(noise).toBeLessThan(0.03)
})

test('refuses to time variants that do not give the same', async () => {
  const { platform, variant } = machine()
  await expect(compare([variant('base', 1, 5), variant('wrong', 1, 6)], 5, platform)).rejects.toThrow(
    'wrong gives 6, base gives 5',
  )
})

test('repeats a noisy comparison with twice the rounds, and gives up after three', async () => {
  let nowMs = 0
  let turn = 0
  const platform = { now: () => nowMs, turn: () => Promise.resolve(), random: () => 0.99 }
  const run = (): void => {
    turn += 1
    nowMs += turn % 2 === 0 ? 30 : 10
  }
  const { rounds, noise } = await compare([{ name: 'base', run }], 10, platform)
  expect(rounds).toBe(40)
  expect(noise).toBeGreaterThan(0.03)
})

const resultOf = (ratio: number, noise: number): CaseResult => {
  const random = randomOf(5)
  const around = (middle: number) => Array.from({ length: 40 }, () => middle * (0.95 + random() * 0.1))
  return {
    title: 'a case',
    records: 1,
    rounds: 40,
    noise,
    measurements: [
      { name: 'hand loop', ratios: around(1), sliceMs: 1 },
      { name: 'engine', ratios: around(ratio), sliceMs: 1 },
    ],
  }
}
const goal = { case: 'c', over: 'engine', under: 'hand loop', kind: 'most', target: 1.1, guard: 1.5 } as const

test('a goal is reached, missed or its guard broken, and noise breaks nothing', () => {
  expect(judge(goal, resultOf(1.02, 0.01))).toMatchObject({ isReached: true, isBroken: false })
  expect(judge(goal, resultOf(1.3, 0.01))).toMatchObject({ isReached: false, isBroken: false })
  expect(judge(goal, resultOf(1.8, 0.01))).toMatchObject({ isReached: false, isBroken: true })
  expect(judge(goal, resultOf(1.8, 0.2))).toMatchObject({ isReached: false, isBroken: false })
  const least = { ...goal, kind: 'least', target: 5, guard: 4 } as const
  expect(judge(least, resultOf(6, 0.01))).toMatchObject({ isReached: true, isBroken: false })
  expect(judge(least, resultOf(3, 0.01))).toMatchObject({ isReached: false, isBroken: true })
})

test('a median lies within its bounds', () => {
  const { median, low, high, p10, p90 } = summarize([1, 2, 3, 4, 5, 6, 7, 8, 9], randomOf(1))
  expect(median).toBe(5)
  expect([low <= median, median <= high, p10 < low, high < p90]).toEqual([true, true, true, true])
})
