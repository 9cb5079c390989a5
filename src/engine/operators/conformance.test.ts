import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { Diagnostic } from '#engine/model/diagnostic.ts'
import { type CheckContext, categories, type Operator } from '#engine/operator/operator.ts'
import { parseFunction } from '#engine/operator/parse-function.ts'
import type { StreamKind } from '#engine/operator/stream-spec.ts'
import { parentsOf, recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { closestOperator, findOperator, operators } from '#engine/registry.ts'

// What holds of every operator there is. A new one is met here without a word about it.

const folder = fileURLToPath(new URL('.', import.meta.url))
const files = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) => readdirSync(`${folder}/${name}`).map((file) => `${name}/${file}`))

const kebabCase = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/-([A-Z]{2,})$/, '-$1')
    .toLowerCase()

/** Spelt out so that a new kind does not compile until somebody has looked here. */
const STREAM_KINDS: Readonly<Record<StreamKind, true>> = {
  source: true,
  narrow: true,
  partitionwise: true,
  union: true,
  appended: true,
  shuffled: true,
  cogrouped: true,
  windowed: true,
  reducedWindow: true,
  state: true,
  transformed: true,
  repartitioned: true,
  mapWithState: true,
}

/** Surroundings in which something is refused: nothing divides 7, the slides differ, there is no checkpoint directory. */
const UNFRIENDLY: readonly Partial<CheckContext>[] = [
  { checkpointing: false },
  { inputSlidesMs: [7, 11] },
  { inputSlidesMs: [7000, 11_000] },
]

function checkAll(operator: Operator, params: Operator['examples'][number]['params']): readonly Diagnostic[] {
  const bind = operator.bind('n', params)
  if (!bind.ok) return bind.error
  return UNFRIENDLY.flatMap((context) =>
    bind.value.check({
      node: 'n',
      batchMs: 1000,
      checkpointing: true,
      inputSlidesMs: [1000, 1000],
      inputNodes: ['a', 'b'],
      ...context,
    }),
  )
}

describe('the registry', () => {
  test('lists every file of the folder', () => {
    const sources = files.filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    expect(operators.map(({ category, name }) => `${category}/${kebabCase(name)}.ts`).sort()).toEqual(sources.sort())
  })

  test('knows no name twice, and finds every one', () => {
    expect(new Set(operators.map(({ name }) => name)).size).toBe(operators.length)
    for (const operator of operators) expect(findOperator(operator.name)).toBe(operator)
    expect(findOperator('toString')).toBeUndefined()
  })

  test('guesses what was meant', () => {
    expect(closestOperator('reduceByKy')?.name).toBe('reduceByKey')
    expect(closestOperator('flatmap')?.name).toBe('flatMap')
    expect(closestOperator('nothingLikeIt')).toBeUndefined()
  })
})

describe.each(operators.map((operator) => [operator.name, operator] as const))('%s', (name, operator) => {
  /** It hears from outside, or reads another operator's states: its own test shows it at work. */
  const isApart = operator.examples.length === 0

  test('has a test beside it', () => {
    expect(files).toContain(`${operator.category}/${kebabCase(name)}.test.ts`)
  })

  test('says what it is', () => {
    expect(categories).toContain(operator.category)
    expect([...operator.glyph].length).toBeGreaterThanOrEqual(1)
    expect([...operator.glyph].length).toBeLessThanOrEqual(2)
    for (const text of [operator.title, operator.summary, operator.help]) expect(text.trim()).toBe(text)
    expect(operator.title).not.toBe('')
    expect(operator.summary).toMatch(/^.{10,80}[^.]$/)
    expect(operator.help).toMatch(/^[^\n]{100,}[.]$/)
  })

  test('is a source, an output, or both takes and gives a stream', () => {
    expect(operator.output === undefined).toBe(operator.category === 'outputs')
    expect(operator.inputs.length === 0).toBe(operator.category === 'sources')
    expect(operator.view === undefined).toBe(operator.output !== undefined)
    const ports = operator.inputs.map((port) => port.name)
    expect(ports).toEqual(['in', 'other'].slice(0, ports.length))
  })

  test('describes every parameter', () => {
    for (const { spec } of Object.values(operator.params)) {
      expect(spec.label).toMatch(/^[A-Z]/)
      expect(spec.help).toMatch(/[.]$/)
      if (spec.kind === 'choice') expect(new Set(spec.options.map(({ value }) => value)).size).toBe(spec.options.length)
    }
  })

  test('starts with parameters that are right, or says which are missing', () => {
    const bind = operator.bind('n', operator.initialParams())
    if (bind.ok) return
    const required = Object.keys(operator.params).filter((param) => operator.params[param]?.required)
    for (const diagnostic of bind.error) {
      expect(diagnostic).toMatchObject({ code: 'param/missing', node: 'n' })
      expect(required).toContain(diagnostic.param)
      expect(operator.initialParams()).not.toHaveProperty(diagnostic.param ?? '')
    }
  })

  test('falls back on values that are right', () => {
    const fallbacks = Object.fromEntries(
      Object.entries(operator.params).flatMap(([param, { fallback }]) =>
        fallback === undefined ? [] : [[param, fallback]],
      ),
    )
    const bind = operator.bind('n', { ...operator.examples[0]?.params, ...fallbacks })
    const wrong = bind.ok ? [] : bind.error.filter(({ code }) => code !== 'param/missing')
    expect(wrong).toEqual([])
  })

  test('names real parameters and a way out in every diagnostic', () => {
    const junk = Object.fromEntries(Object.keys(operator.params).map((param) => [param, { no: 'good' }]))
    const diagnostics = [junk, {}, operator.initialParams(), ...operator.examples.map(({ params }) => params)].flatMap(
      (params) => checkAll(operator, params),
    )
    for (const { code, message, hint, node, param, fixes = [] } of diagnostics) {
      expect(code).toMatch(/^[a-z]+\/[a-z-]+$/)
      expect(message).not.toBe('')
      expect(hint).toMatch(/\S/)
      expect(node).toBe('n')
      if (param !== undefined) expect(operator.params).toHaveProperty(param)
      for (const fix of fixes) expect(operator.params).toHaveProperty(fix.param)
    }
    const refused = diagnostics.filter(({ code }) => code.startsWith('param/not-')).map(({ param }) => param)
    expect(refused).toEqual(expect.arrayContaining(Object.keys(operator.params)))
  })

  test('has examples, unless it only hears from outside or reads states', () => {
    const example = operator.bind('n', { ...operator.initialParams(), url: 'wss://example.org' })
    if (isApart && operator.inputs.length === 0)
      expect(example).toMatchObject({ ok: true, value: { isReceiver: true } })
    if (isApart && operator.inputs.length > 0) expect(operator.inputs[0]?.accepts).toBe('states')
    for (const { title, params, inputs, expected } of operator.examples) {
      expect(title).toMatch(/^[A-Z]/)
      expect(operator.bind('n', params)).toMatchObject({ ok: true, value: { warnings: [] } })
      expect(expected.length).toBeGreaterThan(0)
      if (!operator.inputs.some(({ many }) => many)) expect(inputs).toHaveLength(operator.inputs.length)
    }
    expect(operator.examples.length).toBeLessThanOrEqual(3)
  })

  test('becomes streams of known kinds, each after its parents', () => {
    const given = isApart
      ? [{ ...operator.initialParams(), url: 'wss://example.org' }]
      : operator.examples.map(({ params }) => params)
    for (const all of given) {
      const params = Object.fromEntries(Object.entries(all).filter(([param]) => param in operator.params))
      const { streams, inputs, result, outputs, bound } = recordLowering(operator, params)
      for (const [id, stream] of streams) {
        expect(STREAM_KINDS).toHaveProperty(stream.kind)
        for (const parent of parentsOf(stream)) expect(parent < id && parent >= 0).toBe(true)
        if (stream.kind === 'source') expect(stream.feed.kind).toBe(bound.feed)
        for (const fn of ownFunctions(stream)) expect(parseFunction(fn)).toMatchObject({ ok: true })
      }
      expect(streams.has(result) || inputs.includes(result)).toBe(true)
      expect(outputs.length > 0).toBe(operator.output === undefined)
      const used = new Set([
        result,
        ...[...streams.values()].flatMap(parentsOf),
        ...outputs.map(({ stream }) => stream),
      ])
      for (const input of inputs) expect(used).toContain(input)
    }
  })
})

/** Sources of the engine's own functions in a stream. */
function ownFunctions(stream: unknown): readonly string[] {
  if (typeof stream !== 'object' || stream === null) return []
  if ('source' in stream && typeof stream.source === 'string') return 'param' in stream ? [] : [stream.source]
  return Object.values(stream).flatMap(ownFunctions)
}
