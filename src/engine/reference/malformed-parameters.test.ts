import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkPipeline } from '#engine/compile/check-pipeline.ts'
import { lowerPipeline } from '#engine/compile/lower-pipeline.ts'
import { invariant } from '#engine/model/invariant.ts'
import type { Json } from '#engine/model/json.ts'
import { parsePipeline } from '#engine/model/parse-pipeline.ts'
import { runsFrom, seed } from '#engine/reference/testing/graphs.ts'
import { operators } from '#engine/registry.ts'

// Documents that are well formed, with parameters that are not: whatever they hold, checking says what is wrong, where and what to do,
// and never throws. Malformed documents are in engine/model/document-properties.test.ts.

const runs = runsFrom('SLUICE_MALFORMED', 3000)

const nasty = fc.constantFrom<Json>(
  0,
  -1,
  0.5,
  1e300,
  2 ** 53,
  '',
  ' ',
  'x',
  'x =>',
  '(x => x',
  '=> 1',
  'function (x) { return x }',
  'async x => x',
  'function* (x) { yield x }',
  'x => import("y")',
  'x => { while (true) {} }',
  'constructor',
  '__proto__',
  'toString',
  '$',
  'javascript:alert(1)',
  'wss://user@host/',
  'null',
  [],
  [null],
  [[]],
  [[1, 2, 3]],
  {},
  { length: 1 },
  null,
  true,
)
const { value } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    nasty,
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.double().filter(Number.isFinite),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(
      fc.string({ maxLength: 5 }).filter((key) => key !== '__proto__'),
      tie('value'),
      { maxKeys: 3, noNullPrototype: true },
    ),
  ),
}))

/** A node of any operator: what its palette entry starts with, with some parameters replaced, left out or unheard of. */
const node = fc.constantFrom(...operators).chain((operator) => {
  const names = Object.keys(operator.params)
  const anyName = names.length === 0 ? fc.constant('none') : fc.constantFrom(...names, 'none', 'toString')
  return fc
    .record({
      start: fc.constantFrom(operator.initialParams(), {}, ...operator.examples.map(({ params }) => params)),
      changes: fc.array(fc.tuple(anyName, fc.option(value, { nil: undefined, freq: 8 })), { maxLength: 4 }),
      disabled: fc.boolean(),
    })
    .map(({ start, changes, disabled }) => {
      const params = new Map<string, Json | undefined>([...Object.entries(start), ...changes])
      const kept = [...params].flatMap(([name, each]) => (each === undefined ? [] : [[name, each] as const]))
      return { op: operator.name, params: Object.fromEntries(kept), ...(disabled ? { disabled } : {}) }
    })
})

const documents = fc
  .record({
    nodes: fc.array(node, { minLength: 1, maxLength: 6 }),
    edges: fc.array(fc.tuple(fc.nat({ max: 5 }), fc.nat({ max: 5 }), fc.boolean()), { maxLength: 9 }),
    batchMs: fc.constantFrom(1000, 10, 7),
    checkpoint: fc.boolean(),
    conf: fc.dictionary(fc.constantFrom('spark.default.parallelism', 'spark.streaming.blockInterval', 'x'), nasty),
    prelude: fc.constantFrom('', 'const y = 1', 'const', 'import x from "y"'),
  })
  .map(({ nodes, edges, batchMs, checkpoint, conf, prelude }) => ({
    format: 'sluice/1',
    name: 'Malformed',
    settings: { batchMs, master: 'local[2]', checkpoint, seed: 1, conf: onlyPlain(conf), prelude },
    nodes: nodes.map((each, index) => ({ id: `n${index}`, at: [0, 0], ...each })),
    edges: edges.map(([from, to, other]) => ({
      from: `n${from % nodes.length}`,
      to: `n${to % nodes.length}`,
      ...(other ? { port: 'other' } : {}),
    })),
  }))

/** Settings hold texts, numbers and flags alone: anything else is refused with the document. */
function onlyPlain(conf: Readonly<Record<string, Json>>): Record<string, Json> {
  return Object.fromEntries(Object.entries(conf).filter(([, each]) => each !== null && typeof each !== 'object'))
}

test(`${runs} documents with malformed parameters are checked without a throw, and every error helps (seed ${seed})`, () => {
  let refused = 0
  fc.assert(
    fc.property(documents, (document) => {
      const parsed = parsePipeline(document)
      if (!parsed.ok) {
        for (const { path } of parsed.error) expect(path).toBeDefined()
        return
      }
      const { diagnostics, runnable } = checkPipeline(parsed.value)
      expect(runnable).toBe(diagnostics.every(({ severity }) => severity !== 'error'))
      const ids = new Set(parsed.value.nodes.map(({ id }) => id))
      for (const { code, severity, message, node: at, path, hint, param, fixes = [] } of diagnostics) {
        const said = JSON.stringify({ code, message, at, path, hint })
        expect(message, said).toMatch(/\S/)
        if (severity !== 'error') continue
        expect(hint, said).toMatch(/\S/)
        expect(at ?? path, said).toBeDefined()
        if (at !== undefined) expect(ids, said).toContain(at)
        if (param !== undefined) expect(at ?? path, said).toBeDefined()
        for (const fix of fixes) expect(fix.label, said).toMatch(/\S/)
      }
      const lowered = lowerPipeline(parsed.value, { machineCores: 2 })
      expect(lowered.ok).toBe(runnable)
      if (!runnable) refused += 1
    }),
    { numRuns: runs, seed },
  )
  invariant(refused > runs / 2, 'most of them are refused')
}, 120_000)
