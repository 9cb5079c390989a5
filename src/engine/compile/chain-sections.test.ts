import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FunctionRef } from '#engine/operator/function-ref.ts'
import type { Combine, NarrowStep, StreamSpec } from '#engine/operator/stream-spec.ts'
import { stageKernel } from '#engine/runtime/executor/compute/kernel.ts'
import type { Loop, UserFunction } from '#engine/runtime/executor/compute/loaded-plan.ts'
import type { PlanStream } from './plan.ts'
import { printChain } from './print-chain.ts'

const WHOLE = 1_000

const ref = (name: string): FunctionRef => ({ name, node: name, param: 'fn', source: '' })

/** Pairs [number, number] in, pairs out; now and then one fails, or is none. */
const stepWords = {
  map: (salt, [key, value]) => (value === salt ? 'no pair' : [key + 1, value * 3 + salt]),
  filter: (salt, [key, value]) => (key + value + salt) % 3 !== 0,
  flatMap: (salt, [key, value]) => Array.from({ length: (value + salt) % 4 }, (_, n) => [key + n, value + n]),
  mapValues: (salt, _, value) => value + salt,
  flatMapValues: (salt, _, value) => (value % 11 === salt ? 5 : [value, value + 1]),
} satisfies Record<NarrowStep, (salt: number, record: readonly [number, number], value: number) => unknown>

const combines: readonly (Combine | undefined)[] = [
  undefined,
  { kind: 'reduce', fn: ref('add') },
  { kind: 'reduceAll', fn: ref('add') },
  { kind: 'group' },
]

interface Tried {
  readonly steps: readonly (readonly [NarrowStep, salt: number])[]
  readonly input: readonly (readonly [number, number])[]
  readonly limit: number
  readonly combine: Combine | undefined
}

const numbers = fc.nat({ max: 30 })
const step = fc.tuple(fc.constantFrom<NarrowStep>('map', 'filter', 'flatMap', 'mapValues', 'flatMapValues'), numbers)
const tried: fc.Arbitrary<Tried> = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 9 }),
  input: fc.array(fc.tuple(numbers, numbers), { maxLength: 12 }),
  limit: fc.constantFrom(0, 2, 20, Number.POSITIVE_INFINITY),
  combine: fc.constantFrom(...combines),
})

/** Everything that can be seen of a loop: what it gave, counted and handed over, how it failed, and which functions it called when. */
async function runIn(sectionSteps: number, { steps, input, limit, combine }: Tried) {
  const calls: unknown[] = []
  const named = steps.map(([kind, salt], index): readonly [string, UserFunction] => [
    `f${index + 1}`,
    (given) => {
      calls.push([index, given])
      if (calls.length > 5_000) throw new Error('enough')
      const pair = Array.isArray(given) ? ([given[0], given[1]] as const) : ([0, Number(given)] as const)
      if (pair[1] % 13 === 12) throw new Error('twelve')
      return stepWords[kind](salt, pair, Number(given))
    },
  ])
  const add: UserFunction = (a, b) => Number(a) + Number(b)
  const text = printChain(chainOf(steps.length, combine), streamsOf(steps, combine), sectionSteps)
  const { items, notAPair, stepFailure, keyForm, copyRecord } = stageKernel
  // The text of loops is what is tested here; the engine imports it as a module.
  const make = new Function(
    'functions',
    'items',
    'notAPair',
    'stepFailure',
    'keyForm',
    'copyRecord',
    `return {${text}}`,
  )
  const loops = make({ ...Object.fromEntries(named), add }, items, notAPair, stepFailure, keyForm, copyRecord)
  const loop: Loop = loops.loop
  const counts = steps.map(() => 0)
  const kept: unknown[] = []
  try {
    const result = loop(input, limit, (index, record) => kept.push([index, record]), counts)
    return { result, counts, kept, calls }
  } catch (failure) {
    return { failure, counts, kept, calls }
  }
}

function chainOf(steps: number, combine: Combine | undefined) {
  const chain = { name: 'loop', base: 0, end: steps, steps: Array.from({ length: steps }, (_, index) => index + 1) }
  return combine === undefined ? chain : { ...chain, combineFor: steps + 1 }
}

function streamsOf(steps: Tried['steps'], combine: Combine | undefined): readonly PlanStream[] {
  const stream = (id: number, spec: StreamSpec): PlanStream => ({
    id,
    node: `n${id}`,
    visible: true,
    slideMs: 1000,
    persist: false,
    checkpointMs: undefined,
    spec,
  })
  const source = stream(0, { kind: 'source', feed: { kind: 'indexed', batches: [], partitions: 1 } })
  const narrow = steps.map(([kind], index) =>
    stream(index + 1, { kind: 'narrow', step: kind, parent: index, fn: ref(`f${index + 1}`) }),
  )
  const end = steps.length
  const shuffle =
    combine === undefined ? [] : [stream(end + 1, { kind: 'shuffled', parent: end, combine, partitions: 2 })]
  return [source, ...narrow, ...shuffle]
}

test('sections do what one loop does: results, counts, samples, failures and the order of all calls', async () => {
  await fc.assert(
    fc.asyncProperty(tried, fc.integer({ min: 1, max: 4 }), async (each, sectionSteps) => {
      expect(await runIn(sectionSteps, each)).toEqual(await runIn(WHOLE, each))
    }),
    { numRuns: 400 },
  )
})

test('a long chain comes in sections, so that no function of it is longer than V8 compiles soon', () => {
  const steps = Array.from({ length: 500 }, () => ['filter', 0] as const)
  const text = printChain(chainOf(500, undefined), streamsOf(steps, undefined))
  expect(text.match(/^const (kept|rest)\d+ = /gm)).toHaveLength(2 * 7)
  // In proportion to the steps.
  expect(text.length).toBeLessThan(500 * 600)
  const short = printChain(chainOf(60, undefined), streamsOf(steps.slice(0, 60), undefined))
  expect(short).not.toMatch(/const (kept|rest)/)
})
