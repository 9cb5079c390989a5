// What holds for every document and every edit, on random ones; fast-check prints the seed of a failure.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyEdit, mergeEdits } from './apply-edit.ts'
import type { Edit } from './edit.ts'
import { commitEdit, redo, startHistory, undo } from './history.ts'
import { invariant } from './invariant.ts'
import { FORBIDDEN_KEYS, type Json } from './json.ts'
import { parsePipeline, parsePipelineText } from './parse-pipeline.ts'
import type { Pipeline } from './pipeline.ts'
import { printPipeline } from './print-pipeline.ts'

type Arbitraries<T> = { readonly [K in keyof T]: fc.Arbitrary<T[K]> }

/** Plain objects: every required key, and any of the optional ones. */
function object<R extends object, O extends object = object>(required: Arbitraries<R>, optional?: Arbitraries<O>) {
  const requiredKeys = Object.keys(required)
  // fast-check cannot follow which keys are which through a spread.
  return fc.record({ ...required, ...optional }, { requiredKeys, noNullPrototype: true } as object) as fc.Arbitrary<
    R & Partial<O>
  >
}

function map<T>(keys: fc.Arbitrary<string>, values: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> {
  return fc.dictionary(keys, values, { maxKeys: 4, noNullPrototype: true })
}

function few<T extends object>(item: fc.Arbitrary<T>, key: keyof T, minLength = 0): fc.Arbitrary<T[]> {
  return fc.uniqueArray(item, { selector: (one) => one[key], minLength, maxLength: 4 })
}

const id = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,5}$/)
const key = fc.string({ maxLength: 8 }).filter((text) => !FORBIDDEN_KEYS.has(text))
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0) // -0 becomes 0
const leaf = fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), number, fc.boolean(), fc.constant(null))
const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof({ maxDepth: 2 }, leaf, fc.array(tie('json'), { maxLength: 4 }), map(key, tie('json'))),
}))
const point = fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: -1000, max: 1000 }))
const params = map(key, json)

/** Keys of a later Sluice. */
const extra = map(fc.stringMatching(/^x[a-z]{0,3}$/), leaf)

function withExtra<T extends object>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.tuple(arbitrary, extra).map(([value, more]) => ({ ...value, ...more }))
}

const node = withExtra(object({ id, op: id, params, at: point }, { note: fc.string(), disabled: fc.boolean() }))
const note = withExtra(object({ id, text: fc.string(), at: point, size: point }))
const shared = few(object({ name: id, value: json, initial: json, lazy: fc.boolean() }), 'name')
const settings = withExtra(
  object(
    {
      batchMs: fc.integer({ min: 10, max: 60_000 }),
      master: fc.constantFrom('local', 'local[1]', 'local[4]', 'local[*]'),
      checkpoint: fc.boolean(),
      seed: fc.integer(),
      conf: map(key, fc.oneof(fc.string(), number, fc.boolean())),
    },
    { prelude: fc.string(), accumulators: shared, broadcasts: shared },
  ),
)

function edgeAmong(ids: readonly string[]) {
  const end = fc.constantFrom(...ids)
  return withExtra(object({ from: end, to: end }, { port: fc.constantFrom('in', 'other') }))
}

function groupsAmong(ids: readonly string[]) {
  return few(withExtra(object({ id, title: fc.string(), nodes: fc.subarray([...ids]) })), 'id')
}

const pipelines: fc.Arbitrary<Pipeline> = few(node, 'id', 1).chain((nodes) => {
  const ids = nodes.map((one) => one.id)
  return withExtra(
    object({
      format: fc.constant('sluice/1' as const),
      name: fc.string(),
      description: fc.string(),
      settings,
      nodes: fc.constant(nodes),
      edges: fc.array(edgeAmong(ids), { maxLength: 8 }),
      notes: few(note, 'id'),
      groups: groupsAmong(ids),
    }),
  )
})

type Fields = Readonly<Record<string, fc.Arbitrary<unknown>>>

function edit(kind: Edit['kind'], required: Fields, optional: Fields = {}): fc.Arbitrary<Edit> {
  // What each kind needs is not checked here: an edit that lacks it would fail the properties.
  return object({ ...required, kind: fc.constant(kind) }, optional) as fc.Arbitrary<object> as fc.Arbitrary<Edit>
}

/** Edits that mostly fit the document they are made for. */
function edits(pipeline: Pipeline): fc.Arbitrary<Edit> {
  const ids = pipeline.nodes.map((one) => one.id)
  const notes = pipeline.notes.map((one) => one.id)
  const some = fc.constantFrom(...ids, 'nobody')
  const param = fc.constantFrom('x', ...pipeline.nodes.flatMap((one) => Object.keys(one.params)))
  const edge = edgeAmong(ids.length === 0 ? ['nobody'] : ids)
  const edgePosition = fc.nat(Math.max(0, pipeline.edges.length - 1))
  const simple = fc.oneof(
    edit('addNodes', { nodes: fc.array(node, { maxLength: 2 }) }),
    edit('addNodes', { nodes: fc.tuple(node), positions: fc.tuple(fc.nat(ids.length)) }),
    edit('removeNodes', { ids: fc.subarray(ids) }),
    edit('moveNodes', { moves: fc.array(object({ id: some, at: point }), { maxLength: 3 }) }),
    edit('renameNode', { from: some, to: id }),
    edit('setOperator', { node: some, op: id, params }),
    edit('setParam', { node: some, param }, { value: json }),
    edit('setNodeNote', { node: some }, { note: fc.string() }),
    edit('setDisabled', { node: some }, { disabled: fc.boolean() }),
    edit('addEdges', { edges: fc.array(edge, { maxLength: 3 }) }),
    edit('addEdges', { edges: fc.tuple(edge), positions: fc.tuple(edgePosition) }),
    edit('removeEdges', { positions: fc.array(edgePosition, { maxLength: 3 }) }),
    edit('addNotes', { notes: fc.tuple(note), positions: fc.tuple(fc.nat(2)) }),
    edit('removeNotes', { ids: fc.subarray(notes) }),
    edit('replaceNote', { note: object({ id: fc.constantFrom('x', ...notes), text: id, at: point, size: point }) }),
    edit('setGroups', { groups: groupsAmong(ids) }),
    edit('setSettings', { settings }),
    edit('setName', { name: fc.string() }),
    edit('setDescription', { description: fc.string() }),
    edit('replacePipeline', { pipeline: pipelines }),
  )
  const compound = edit('compound', { label: fc.string(), edits: fc.array(simple, { maxLength: 4 }) })
  return fc.oneof({ weight: 5, arbitrary: simple }, { weight: 1, arbitrary: compound })
}

/** A copy with the value at one place, chosen by `at`, replaced; undefined removes it. */
function mutate(value: unknown, at: number, by: unknown): unknown {
  if (typeof value !== 'object' || value === null || at % 7 === 0) return by
  const keys = Object.keys(value)
  const chosen = keys[at % Math.max(keys.length, 1)]
  if (chosen === undefined) return by
  if (Array.isArray(value))
    return value.map((item, i) => (String(i) === chosen ? mutate(item, Math.floor(at / 3), by) : item))
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, name === chosen ? mutate(item, Math.floor(at / 3), by) : item]),
  )
}

/** Good documents of which up to three places are replaced by anything, or removed. */
const brokenDocuments = fc
  .tuple(
    pipelines,
    fc.array(fc.tuple(fc.nat(), fc.option(fc.anything(), { nil: undefined })), { minLength: 1, maxLength: 3 }),
  )
  .map(([pipeline, mutations]) => {
    let document: unknown = structuredClone(pipeline)
    for (const [at, value] of mutations) document = mutate(document, at, value)
    return document
  })

test('a document that is well formed is accepted as it is', () => {
  fc.assert(
    fc.property(pipelines, (pipeline) => {
      expect(parsePipeline(pipeline)).toStrictEqual({ ok: true, value: pipeline })
    }),
  )
})

test('a printed document reads as the same document, and prints the same again', () => {
  fc.assert(
    fc.property(pipelines, (pipeline) => {
      const text = printPipeline(pipeline)
      const read = parsePipelineText(text)
      expect(read).toStrictEqual({ ok: true, value: pipeline })
      invariant(read.ok, 'as expected')
      expect(printPipeline(read.value)).toBe(text)
    }),
  )
})

describe('malformed documents', () => {
  test('never throw, and each that is refused has a diagnostic with a path', () => {
    fc.assert(
      fc.property(
        fc.oneof({ weight: 4, arbitrary: brokenDocuments }, { weight: 1, arbitrary: fc.anything() }),
        (document) => {
          const parsed = parsePipeline(document)
          if (parsed.ok) {
            expect(parsePipelineText(printPipeline(parsed.value))).toStrictEqual(parsed)
            return
          }
          expect(parsed.error.length).toBeGreaterThan(0)
          for (const { code, severity, message, path } of parsed.error) {
            expect(code).toMatch(/^(json|pipeline)\/[a-z-]+$/)
            expect(code).not.toBe('pipeline/wrong-value')
            expect(severity).toBe('error')
            expect(message).toMatch(/^.+\.$/s)
            expect(Array.isArray(path)).toBe(true)
          }
        },
      ),
      { numRuns: 10_000 },
    )
  }, 120_000)

  test('as text never throw either', () => {
    const broken = fc.tuple(pipelines, fc.nat(), fc.string({ maxLength: 3 })).map(([pipeline, at, text]) => {
      const good = printPipeline(pipeline)
      const place = at % good.length
      return good.slice(0, place) + text + good.slice(place + 1)
    })
    fc.assert(
      fc.property(broken, (text) => {
        const parsed = parsePipelineText(text)
        if (!parsed.ok) expect(parsed.error[0]?.path).toBeDefined()
      }),
      { numRuns: 1000 },
    )
  })
})

/** A document and the edits, one after another, that its seeds choose. */
const cases = fc.tuple(pipelines, fc.gen())

/** Looking for the smallest failing case may take long here, and must end; a slow machine tries fewer cases. */
function bounded(numRuns: number): fc.Parameters<unknown> {
  return { numRuns, interruptAfterTimeLimit: 40_000 }
}

describe('edits', () => {
  test('are valid or refused; an inverse restores the document exactly', () => {
    fc.assert(
      fc.property(cases, ([pipeline, gen]) => {
        let current = pipeline
        for (let i = 0; i < 6; i++) {
          const applied = applyEdit(current, gen(edits, current))
          if (!applied.ok) {
            expect(applied.error.length).toBeGreaterThan(0)
            continue
          }
          const { pipeline: after, inverse } = applied.value
          expect(parsePipelineText(printPipeline(after))).toStrictEqual({ ok: true, value: after })
          const restored = applyEdit(after, inverse)
          invariant(restored.ok, `the inverse ${JSON.stringify(inverse)} applies`)
          expect(restored.value.pipeline).toStrictEqual(current)
          expect(printPipeline(restored.value.pipeline)).toBe(printPipeline(current))
          current = after
        }
      }),
      bounded(200),
    )
  })

  test('merged do what they do one after the other', () => {
    fc.assert(
      fc.property(cases, ([pipeline, gen]) => {
        const first = gen(edits, pipeline)
        const once = applyEdit(pipeline, first)
        if (!once.ok) return
        // Of a few the one of the same kind, as only those may merge into one.
        const next = gen((on: Pipeline) => fc.array(edits(on), { minLength: 20, maxLength: 20 }), once.value.pipeline)
        const second = next.find(({ kind }) => kind === first.kind) ?? { kind: 'setName', name: 'Other' }
        const twice = applyEdit(once.value.pipeline, second)
        if (!twice.ok) return
        const merged = applyEdit(pipeline, mergeEdits(first, second))
        invariant(merged.ok, 'merged edits apply')
        expect(printPipeline(merged.value.pipeline)).toBe(printPipeline(twice.value.pipeline))
        const back = applyEdit(twice.value.pipeline, mergeEdits(twice.value.inverse, once.value.inverse))
        invariant(back.ok, 'merged inverses apply')
        expect(printPipeline(back.value.pipeline)).toBe(printPipeline(pipeline))
      }),
      bounded(500),
    )
  })

  test('all undone give the first document, all redone the last, however they were joined into steps', () => {
    fc.assert(
      fc.property(cases, ([pipeline, gen]) => {
        let history = startHistory(pipeline)
        for (let i = 0; i < 8; i++) {
          const joined = gen(fc.constantFrom, undefined, 'a', 'b')
          const committed = commitEdit(
            history,
            gen(edits, history.pipeline),
            joined === undefined ? {} : { key: joined },
          )
          if (committed.ok) history = committed.value
        }
        const last = history.pipeline
        for (let earlier = undo(history); earlier !== undefined; earlier = undo(history)) history = earlier
        expect(printPipeline(history.pipeline)).toBe(printPipeline(pipeline))
        for (let later = redo(history); later !== undefined; later = redo(history)) history = later
        expect(printPipeline(history.pipeline)).toBe(printPipeline(last))
      }),
      bounded(150),
    )
  })
})
