import { describe, expect, test } from 'vitest'
import type { FunctionRef } from '#engine/operator/function-ref.ts'
import type { Combine, NarrowStep, StreamSpec } from '#engine/operator/stream-spec.ts'
import { stageKernel } from '#engine/runtime/executor/compute/kernel.ts'
import type { Loop, UserFunction } from '#engine/runtime/executor/compute/loaded-plan.ts'
import { StepFailure } from '#engine/runtime/executor/jobs/step-failure.ts'
import type { PlanStream } from './plan.ts'
import { stagesModule } from './stages-module.ts'

const ref = (name: string): FunctionRef => ({ name, node: name, param: 'fn', source: '' })

/** A source, then one stream per step, then perhaps a shuffle. */
function streamsOf(steps: readonly NarrowStep[], combine?: Combine, persisted?: number): readonly PlanStream[] {
  const stream = (id: number, spec: StreamSpec): PlanStream => ({
    id,
    node: `n${id}`,
    visible: true,
    slideMs: 1000,
    persist: id === persisted,
    checkpointMs: undefined,
    spec,
  })
  const source = stream(0, { kind: 'source', feed: { kind: 'indexed', batches: [], partitions: 1 } })
  const narrow = steps.map((step, index) =>
    stream(index + 1, { kind: 'narrow', step, parent: index, fn: ref(`f${index + 1}`) }),
  )
  const end = steps.length
  const shuffle =
    combine === undefined ? [] : [stream(end + 1, { kind: 'shuffled', parent: end, combine, partitions: 2 })]
  return [source, ...narrow, ...shuffle]
}

async function loopsOf(streams: readonly PlanStream[], functions: Readonly<Record<string, UserFunction>>) {
  const { text, chains } = stagesModule(streams, 'a */ title')
  const module: { default: (functions: unknown, kernel: unknown) => Readonly<Record<string, Loop>> } = await import(
    /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(text)}`
  )
  return { chains, loops: module.default(functions, stageKernel) }
}

/** Runs the fused loop over `input`: what it gives, what it counted, what it sampled, and how it failed. */
async function run(
  steps: readonly NarrowStep[],
  functions: readonly UserFunction[],
  input: readonly unknown[],
  options: {
    readonly combine?: Combine
    readonly limit?: number
    readonly more?: Readonly<Record<string, UserFunction>>
  } = {},
) {
  const named = Object.fromEntries(functions.map((fn, index) => [`f${index + 1}`, fn]))
  const { loops } = await loopsOf(streamsOf(steps, options.combine), { ...named, ...options.more })
  const end = steps.length
  const loop = loops[options.combine === undefined ? `from0to${end}` : `from0combine${end + 1}`]
  const counts: number[] = steps.map(() => 0)
  const samples: unknown[][] = steps.map(() => [])
  let result: unknown
  let failure: unknown
  try {
    result = loop?.(input, options.limit ?? 0, (step, record) => samples[step]?.push(record), counts)
  } catch (thrown) {
    failure = thrown
  }
  return { result, counts, samples, failure }
}

const inc: UserFunction = (x) => Number(x) + 1
const even: UserFunction = (x) => Number(x) % 2 === 0
const twice: UserFunction = (x) => [x, x]

describe('a loop', () => {
  const cases: readonly (readonly [
    readonly NarrowStep[],
    readonly UserFunction[],
    readonly unknown[],
    readonly unknown[],
    readonly number[],
  ])[] = [
    [['map'], [inc], [1, 2], [2, 3], [2]],
    [['filter'], [even], [1, 2, 3, 4], [2, 4], [2]],
    [['flatMap'], [twice], [1, 2], [1, 1, 2, 2], [4]],
    [['flatMap'], [() => []], [1, 2], [], [0]],
    [['flatMap'], [() => 'ab'], [1], ['a', 'b'], [2]],
    [['flatMap'], [() => new Set([1, 2])], [0], [1, 2], [2]],
    [['mapValues'], [inc], [['k', 1]], [['k', 2]], [1]],
    [
      ['flatMapValues'],
      [twice],
      [['k', 1]],
      [
        ['k', 1],
        ['k', 1],
      ],
      [2],
    ],
    [
      ['map', 'filter', 'flatMap', 'filter', 'map'],
      [inc, even, (x) => [x, inc(x)], even, inc],
      [1, 2, 3],
      [3, 5],
      [3, 2, 4, 2, 2],
    ],
    [
      ['flatMap', 'flatMap', 'filter', 'flatMap'],
      [twice, twice, even, twice],
      [1, 2],
      [2, 2, 2, 2, 2, 2, 2, 2],
      [4, 8, 4, 8],
    ],
    [['map'], [() => undefined], [1], [undefined], [1]],
    [['map', 'filter'], [inc, even], [], [], [0, 0]],
  ]
  test.each(cases)('of %j', async (steps, functions, input, expected, expectedCounts) => {
    const { result, counts, failure } = await run(steps, functions, input)
    expect([failure, result, counts]).toEqual([undefined, expected, expectedCounts])
  })

  test('hands over the first records of every step, as many as are wanted', async () => {
    const { samples, counts } = await run(['map', 'filter'], [inc, even], [1, 2, 3, 4, 5, 6], { limit: 2 })
    expect(samples).toEqual([
      [2, 3],
      [2, 4],
    ])
    expect(counts).toEqual([6, 3])
    expect((await run(['map'], [inc], [1])).samples).toEqual([[]])
  })
})

describe('a map side', () => {
  const pairs = [
    ['a', 1],
    ['b', 2],
    ['a', 3],
    [['x'], 4],
    [['x'], 5],
    [null, 6],
    [undefined, 7],
    [null, 8],
  ]
  const add: UserFunction = (a, b) => Number(a) + Number(b)

  test('reduces by key, keys equal by what they hold', async () => {
    const { result } = await run([], [], pairs, { combine: { kind: 'reduce', fn: ref('add') }, more: { add } })
    expect(result).toEqual([
      ['a', 4],
      ['b', 2],
      [['x'], 9],
      [null, 14],
      [undefined, 7],
    ])
  })

  test('makes one value of all records, which need not be pairs', async () => {
    const combine = { kind: 'reduceAll', fn: ref('add') } as const
    const { result, counts } = await run(['map'], [inc], [1, 2, 3], { combine, more: { add } })
    expect([result, counts]).toEqual([[[null, 9]], [3]])
    expect((await run([], [], [], { combine, more: { add } })).result).toEqual([])
  })

  test('groups by key behind steps', async () => {
    const { result, counts } = await run(['mapValues'], [inc], pairs.slice(0, 3), { combine: { kind: 'group' } })
    expect(result).toEqual([
      ['a', [2, 4]],
      ['b', [3]],
    ])
    expect(counts).toEqual([3])
  })

  test('combines by key, or leaves that to the reduce side', async () => {
    const combine = {
      kind: 'combine',
      create: ref('create'),
      mergeValue: ref('merge'),
      mergeCombiner: ref('add'),
    } as const
    const more = { create: (v: unknown) => [v], merge: (all: unknown, v: unknown) => [...(all as unknown[]), v], add }
    const combined = await run([], [], pairs.slice(0, 3), { combine: { ...combine, mapSideCombine: true }, more })
    expect(combined.result).toEqual([
      ['a', [1, 3]],
      ['b', [2]],
    ])
    const plain = await run([], [], pairs.slice(0, 3), { combine: { ...combine, mapSideCombine: false }, more })
    expect(plain.result).toEqual(pairs.slice(0, 3))
  })
})

describe('a failure', () => {
  const fail: UserFunction = (x) => {
    if (x === 3) throw new Error('three')
    return x
  }
  test.each([
    [['map', 'map'], [inc, fail], [1, 2], 1, 3],
    [['map', 'filter', 'map'], [inc, even, fail], [1, 3], undefined, undefined],
    [['filter', 'map'], [fail, inc], [3], 0, 3],
    [['flatMap', 'map'], [(x: unknown) => [1, x], fail], [3], 1, 3],
    [['flatMap', 'flatMap'], [twice, () => 5], [1], 1, 1],
    [['map', 'mapValues'], [fail, inc], [4], 1, 4],
  ] as const)('in %j is that of its step and record', async (steps, functions, input, step, record) => {
    const { failure } = await run(steps, functions, input)
    if (step === undefined) expect(failure).toBeUndefined()
    else {
      expect(failure).toBeInstanceOf(StepFailure)
      expect(failure).toMatchObject({ step, record })
    }
  })

  test('names the record also when it is far behind, in the middle of what a flatMap gave', async () => {
    const parts = (x: unknown) => [Number(x), Number(x) * 10, Number(x) * 100]
    const most: UserFunction = (x) => {
      if (x === 70) throw new Error('seventy')
      return x
    }
    const input = [1, 2, 3, 4, 5, 6, 7, 8]
    for (const limit of [0, 2, 100]) {
      const { failure } = await run(['map', 'flatMap', 'filter', 'map'], [inc, parts, () => true, most], input, {
        limit,
      })
      expect(failure).toMatchObject({ step: 3, record: 70, thrown: { message: 'seventy' } })
    }
  })

  test("names the input's record when the functions before do not give the same twice", async () => {
    let calls = 0
    const once: UserFunction = (x) => {
      calls += 1
      if (calls > 1) throw new Error('not again')
      return x
    }
    const { failure } = await run(['map', 'map'], [once, fail], [3])
    expect(failure).toMatchObject({ step: 1, record: 3, thrown: { message: 'three' } })
  })

  test('on the map side comes behind the steps', async () => {
    const { failure } = await run(['map'], [inc], [1], { combine: { kind: 'group' } })
    expect(failure).toMatchObject({ step: 1, record: 2, thrown: { message: 'expected a pair [key, value], got 2' } })
  })
})

describe('the loops of a plan', () => {
  test('come fused and step by step, each under its own name', async () => {
    const { chains, loops } = await loopsOf(streamsOf(['map', 'filter'], { kind: 'group' }), {})
    expect(chains.map(({ name, steps }) => [name, steps])).toEqual([
      ['from0to1', [1]],
      ['from1to2', [2]],
      ['from0to2', [1, 2]],
      ['from2combine3', []],
      ['from0combine3', [1, 2]],
    ])
    expect(Object.keys(loops)).toEqual(chains.map(({ name }) => name))
    // In a profile they bear their nodes' names.
    expect(Object.values(loops).map(({ name }) => name)).toEqual(['n1', 'n2', 'n1 n2', 'n3', 'n1 n2 n3'])
  })

  test('begin anew behind a stream that is kept', () => {
    const { chains } = stagesModule(streamsOf(['map', 'map', 'map'], { kind: 'group' }, 2), 'x')
    expect(chains.map(({ base, end, combineFor }) => [base, end, combineFor])).toEqual([
      [0, 1, undefined],
      [1, 2, undefined],
      [0, 2, undefined],
      [2, 3, undefined],
      [3, 3, 4],
      [2, 3, 4],
    ])
  })

  test('end where something else than one next step reads', () => {
    const streams = streamsOf(['map', 'filter', 'map', 'map'])
    const fused = (outputs: readonly number[]) =>
      stagesModule(streams, 'x', new Set(outputs))
        .chains.filter(({ steps }) => steps.length > 1)
        .map(({ name }) => name)
    expect(fused([])).toEqual(['from0to4'])
    expect(fused([2, 4])).toEqual(['from0to2', 'from0to4'])
    const long = streamsOf(Array.from({ length: 500 }, () => 'map' as const))
    expect(stagesModule(long, 'x').chains).toHaveLength(501)
  })

  test('differ in their text from those of another title', () => {
    const streams = streamsOf(['map'])
    expect(stagesModule(streams, 'a').text).not.toBe(stagesModule(streams, 'b').text)
  })
})
