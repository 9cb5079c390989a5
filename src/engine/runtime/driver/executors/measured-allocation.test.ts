import { describe, expect, test } from 'vitest'
import { MeasuredAllocation } from './measured-allocation.ts'

/** Ms that a batch of so many records takes on so many executors. */
type Machine = (records: number, executors: number, batch: number) => number

/** An overhead for each executor beside the first, work that is shared, and a part of it that is not. */
const machine =
  (perRecordMs: number, exchangeMs: number, alone = 0): Machine =>
  (records, executors) =>
    1 + exchangeMs * (executors - 1) + records * perRecordMs * (alone + (1 - alone) / executors)

interface Ran {
  readonly executors: number
  readonly ms: number
  readonly why: string
}

/** What the batches of a run are run by; `kept` records are there to be moved, at 1 µs each. */
function run(allocation: MeasuredAllocation, sizes: readonly number[], takes: Machine, kept = 0): readonly Ran[] {
  return sizes.map((records, batch) => {
    const { executors, why } = allocation
    const ms = takes(records, executors, batch)
    allocation.batchEnded({ records, processingMs: ms, executors })
    const { wish } = allocation
    if (wish !== undefined) {
      const done = kept <= wish.mostRecords
      allocation.moved({ done, records: kept, tookMs: done ? kept / 1000 : 0 })
    }
    return { executors, ms, why }
  })
}

const steady = (records: number, batches: number): readonly number[] => Array.from({ length: batches }, () => records)
const changes = (ran: readonly Ran[]): number =>
  ran.filter(({ executors }, index) => index > 0 && executors !== ran[index - 1]?.executors).length
const shareOn = (executors: number, ran: readonly Ran[]): number =>
  ran.filter((each) => each.executors === executors).length / ran.length

describe('executors by measured batch time', () => {
  test('small batches stay on one, whatever more would bring', () => {
    const ran = run(new MeasuredAllocation(4), steady(1000, 5000), machine(0.005, 0))
    expect(shareOn(1, ran)).toBe(1)
    expect(ran.at(-1)?.why).toBe('small')
  })

  test('large batches go to all that make them faster', () => {
    const ran = run(new MeasuredAllocation(2), steady(50_000, 400), machine(0.004, 3))
    expect(ran.slice(0, 2).map(({ executors }) => executors)).toEqual([1, 1])
    expect(shareOn(2, ran)).toBeGreaterThan(0.9)
    expect(ran.at(-1)).toMatchObject({ executors: 2, why: 'faster' })
    expect(run(new MeasuredAllocation(8), steady(200_000, 400), machine(0.004, 3)).at(-1)?.executors).toBe(8)
  })

  test('where more brings nothing, it is tried less and less', () => {
    const ran = run(new MeasuredAllocation(2), steady(20_000, 20_000), machine(0.004, 60))
    expect(shareOn(1, ran)).toBeGreaterThan(0.99)
    expect(ran.at(-1)?.why).toBe('slower')
    expect(changes(ran)).toBeLessThan(30)
  })

  test('batches that become small go back to one, and stay there', () => {
    const sizes = [...steady(50_000, 200), ...steady(1000, 400)]
    const ran = run(new MeasuredAllocation(2), sizes, machine(0.004, 3))
    expect(ran[199]?.executors).toBe(2)
    expect(shareOn(1, ran.slice(230))).toBe(1)
    expect(ran.at(-1)?.why).toBe('small')
  })

  test('a start that is slow for being the start counts for nothing', () => {
    const cold: Machine = (records, executors, batch) =>
      machine(0.004, 3)(records, executors, batch) * (batch < 40 ? 10 : 1)
    const ran = run(new MeasuredAllocation(2), steady(1000, 600), cold)
    expect(shareOn(1, ran.slice(120))).toBe(1)
  })

  test('a neighbour that takes a core sends batches back to one', () => {
    const disturbed: Machine = (records, executors, batch) =>
      machine(0.004, 3)(records, executors, batch) * (batch >= 100 && executors === 2 ? 2.2 : 1)
    const ran = run(new MeasuredAllocation(2), steady(20_000, 400), disturbed)
    expect(ran[99]?.executors).toBe(2)
    expect(shareOn(1, ran.slice(120))).toBeGreaterThan(0.85)
  })

  test('what is kept moves only where that pays', () => {
    const heavy = run(new MeasuredAllocation(2), steady(10_000, 300), machine(0.003, 3), 5_000_000)
    expect(shareOn(1, heavy)).toBe(1)
    expect(heavy.at(-1)?.why).toBe('heavy')
    const light = run(new MeasuredAllocation(2), steady(10_000, 300), machine(0.003, 3), 20_000)
    expect(light.at(-1)?.executors).toBe(2)
    // A long batch pays for much.
    const long = run(new MeasuredAllocation(2), steady(100_000, 300), machine(0.004, 3), 1_000_000)
    expect(long.at(-1)?.executors).toBe(2)
  })

  test('empty batches say nothing', () => {
    const allocation = new MeasuredAllocation(2)
    run(allocation, steady(0, 1000), () => 500)
    expect(allocation.executors).toBe(1)
  })

  test('on any machine a steady load costs little more than on the better number, and settles', () => {
    const random = randomOf(Number(process.env.SLUICE_SEED ?? 1))
    for (let machines = 0; machines < 300; machines++) {
      const records = Math.round(100 * 2000 ** random())
      const quiet = machine(0.0005 * 20 ** random(), 80 * random() ** 3, random() ** 2)
      const disturbance = 0.2 * random()
      const takes: Machine = (n, executors, batch) =>
        quiet(n, executors, batch) * (1 + disturbance * (random() - 0.5)) * (random() < 0.02 ? 5 : 1)
      const ran = run(new MeasuredAllocation(2), steady(records, 3000), takes).slice(300)
      const share = shareOn(2, ran)
      const [one, two] = [quiet(records, 1, 0), quiet(records, 2, 0)]
      const seen = JSON.stringify({ one, two, share, changes: changes(ran) })
      // In between either will do.
      if (one < 15 || two > one) expect(share, seen).toBeLessThan(0.12)
      if (one > 30 && one > 1.4 * two) expect(share, seen).toBeGreaterThan(0.85)
      expect(changes(ran.slice(-1000)), seen).toBeLessThan(10)
    }
  })
})

/** Numbers in [0, 1). */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
