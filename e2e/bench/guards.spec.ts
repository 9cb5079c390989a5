import { afterAll, beforeAll, expect, test } from 'vitest'
import { goals } from './engine/goals.ts'
import { judge } from './engine/judge.ts'
import { type BenchHandle, openBench } from './engine/open-bench.ts'

// The guards of `npm run bench` against the hand loop, with few rounds: a machine too noisy to tell breaks none of them.

let bench: BenchHandle | undefined
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench?.close())

function opened(): BenchHandle {
  if (bench === undefined) throw new Error('the bench is open')
  return bench
}

const held = goals.filter(({ under }) => under === 'hand loop')

test.each(held)('$case keeps its guard', { timeout: 300_000 }, async (goal) => {
  const page = await opened().openPage()
  await page.evaluate(() => window.bench.ask({ kind: 'pollute' }))
  const result = await page.evaluate(
    ({ case: name, over }) => window.bench.ask({ kind: 'measure', name, rounds: 8, seed: 1, variants: [over] }),
    goal,
  )
  await page.close()
  if (result === undefined) throw new Error('no result')
  const { summary, isBroken } = judge(goal, result)
  console.log(
    `${goal.over} / ${goal.under}: ${summary.median.toFixed(2)} (target ${goal.target}, noise ${result.noise.toFixed(3)})`,
  )
  expect([isBroken, summary]).toEqual([false, summary])
})
