import { describe, expect, test } from 'vitest'
import { printDiagnostic } from './diagnostic.ts'
import { MAX_DOCUMENT_BYTES, MAX_NODES, MAX_PARAM_LENGTH } from './limits.ts'
import { parsePipeline, parsePipelineText } from './parse-pipeline.ts'

const node = { id: 'lines', op: 'manualStream' }
const smallest = { format: 'sluice/1', nodes: [] }

/** The problems of a document as the command line prints them, each after its code. */
function problems(document: unknown): readonly string[] {
  const parsed = parsePipeline(document)
  return parsed.ok ? [] : parsed.error.map((problem) => `${problem.code} ${printDiagnostic(problem)}`)
}

describe('defaults', () => {
  test('the smallest document gets all of them', () => {
    expect(parsePipeline(smallest)).toStrictEqual({
      ok: true,
      value: {
        format: 'sluice/1',
        name: 'Untitled',
        description: '',
        settings: { batchMs: 1000, master: 'local[2]', checkpoint: true, seed: 1, conf: {} },
        nodes: [],
        edges: [],
        notes: [],
        groups: [],
      },
    })
  })

  test('a node, a note, an accumulator and a broadcast get theirs', () => {
    const parsed = parsePipeline({
      ...smallest,
      settings: { accumulators: [{ name: 'dropped' }], broadcasts: [{ name: 'stopWords', value: null }] },
      nodes: [node],
      notes: [{ id: 'n1', text: 'Why' }],
    })
    expect(parsed).toMatchObject({
      ok: true,
      value: {
        settings: {
          accumulators: [{ name: 'dropped', initial: 0, lazy: false }],
          broadcasts: [{ name: 'stopWords', value: null, lazy: false }],
        },
        nodes: [{ id: 'lines', op: 'manualStream', params: {}, at: [0, 0] }],
        notes: [{ id: 'n1', text: 'Why', at: [0, 0], size: [240, 120] }],
      },
    })
  })

  test('unknown keys are kept at every level', () => {
    const document = {
      ...smallest,
      $schema: 'x',
      settings: { future: [1], accumulators: [{ name: 'a', unit: 'ms' }] },
      nodes: [{ ...node, colour: 'red' }],
      edges: [{ from: 'lines', to: 'lines', weight: 2 }],
      notes: [{ id: 'n', text: '', pinned: true }],
      groups: [{ id: 'g', nodes: ['lines'], folded: true }],
    }
    expect(parsePipeline(document)).toMatchObject({ ok: true, value: document })
  })
})

describe('every problem has a code, a place, a message and a next step', () => {
  test.each<[string, unknown, string]>([
    [
      'a batch too short',
      { ...smallest, settings: { batchMs: 5 } },
      'pipeline/batch-ms settings.batchMs: batchMs must be a whole number of milliseconds, at least 10 and at most 86400000. (Use 1000 for one second.)',
    ],
    [
      'a batch as text',
      { ...smallest, settings: { batchMs: '1s' } },
      'pipeline/batch-ms settings.batchMs: batchMs must be a whole number of milliseconds, at least 10 and at most 86400000. (Use 1000 for one second.)',
    ],
    [
      'a master elsewhere',
      { ...smallest, settings: { master: 'yarn' } },
      'pipeline/master settings.master: master must be local, local[n] with n from 1 to 64, or local[*]. (Use local[2] for one receiver and one core that works.)',
    ],
    [
      'a seed that is no whole number',
      { ...smallest, settings: { seed: 0.5 } },
      'pipeline/seed settings.seed: seed must be a whole number. (Use 1.)',
    ],
    [
      'a list of settings',
      { ...smallest, settings: [] },
      'pipeline/not-an-object settings: settings must be an object in braces.',
    ],
    [
      'an id that is no identifier',
      { ...smallest, nodes: [{ ...node, id: 'word counts' }] },
      'pipeline/bad-identifier nodes[0].id: An id must begin with a letter or _ and go on with letters, digits and _, 64 characters at most. (Use wordCounts.)',
    ],
    [
      'an id that is a forbidden key',
      { ...smallest, nodes: [{ ...node, id: '__proto__' }] },
      'pipeline/bad-identifier nodes[0].id: An id must begin with a letter or _ and go on with letters, digits and _, 64 characters at most. (Use __proto___.)',
    ],
    [
      'a node without an operator',
      { ...smallest, nodes: [{ id: 'lines' }] },
      'pipeline/missing-key lines: A node has no "op". (For example: { "id": "words", "op": "flatMap" }.)',
    ],
    [
      'parameters in a list',
      { ...smallest, nodes: [{ ...node, params: [] }] },
      'pipeline/not-an-object lines: params must be an object in braces. (Use {}.)',
    ],
    [
      'a parameter too long',
      { ...smallest, nodes: [{ ...node, params: { text: 'x'.repeat(MAX_PARAM_LENGTH + 1) } }] },
      'pipeline/too-long lines.text: A text parameter may be at most 262144 characters long.',
    ],
    [
      'a place with one number',
      { ...smallest, nodes: [{ ...node, at: 3 }] },
      'pipeline/not-a-couple lines: at must be a list of two numbers. (Use [0, 0].)',
    ],
    [
      'an id given twice',
      { ...smallest, nodes: [node, node] },
      'pipeline/duplicate-id lines: There is another node called lines. (Rename one, for example to lines2.)',
    ],
    [
      'an accumulator named twice',
      { ...smallest, settings: { accumulators: [{ name: 'a' }, { name: 'a' }] } },
      'pipeline/duplicate-name settings.accumulators[1].name: There is another accumulator called a. (Rename one, for example to a2.)',
    ],
    [
      'an edge to a node that was mistyped',
      { ...smallest, nodes: [node], edges: [{ from: 'lines', to: 'lnies' }] },
      'pipeline/unknown-node edges[0].to: An edge names lnies, and there is no such node. (Did you mean lines?)',
    ],
    [
      'a group of a node that is not there',
      { ...smallest, groups: [{ id: 'g', title: 'Input', nodes: ['nobody'] }] },
      'pipeline/unknown-node groups[0].nodes[0]: The group Input names nobody, and there is no such node. (Add that node, or name one that is there.)',
    ],
    [
      'a newer document',
      { format: 'sluice/2', nodes: 'whatever' },
      'pipeline/newer-format format: The document was made by a newer Sluice: its format is 2, this Sluice reads up to 1. (Open it with a newer Sluice.)',
    ],
    [
      'no document at all',
      [],
      'pipeline/not-an-object The document must be an object in braces. (A document needs "format": "sluice/1" and "nodes": [].)',
    ],
    ['nothing', undefined, 'json/not-json JSON has no undefined.'],
    [
      'a forbidden key',
      JSON.parse('{"format":"sluice/1","nodes":[{"id":"a","op":"b","params":{"__proto__":1}}]}'),
      'json/forbidden-key nodes[0].params.__proto__: The key "__proto__" is not allowed. (Rename it.)',
    ],
  ])('%s', (_name, document, line) => {
    expect(problems(document)).toEqual([line])
  })

  test('several at once, each with its path', () => {
    const parsed = parsePipeline({
      ...smallest,
      settings: { batchMs: 0, master: '' },
      nodes: [{ id: 'a', op: 'map', disabled: 'yes' }],
      edges: [{ from: 'a' }],
    })
    expect(parsed.ok ? [] : parsed.error.map(({ path }) => path)).toEqual([
      ['settings', 'batchMs'],
      ['settings', 'master'],
      ['nodes', 0, 'disabled'],
      ['edges', 0, 'to'],
    ])
  })

  test('so many that the rest is only counted', () => {
    const lines = problems({ ...smallest, nodes: Array.from({ length: 100 }, () => 1) })
    expect(lines).toHaveLength(51)
    expect(lines.at(-1)).toBe('pipeline/more-problems There are 50 more problems.')
  })
})

describe('what is allowed', () => {
  test('cycles, as a draft may have one, and equal edges, as a stream may be united with itself', () => {
    const edge = { from: 'lines', to: 'lines' }
    expect(problems({ ...smallest, nodes: [node], edges: [edge, edge] })).toEqual([])
  })

  test('the same id for a node, a note and a group', () => {
    const document = {
      ...smallest,
      nodes: [node],
      notes: [{ id: 'lines', text: '' }],
      groups: [{ id: 'lines', nodes: ['lines'] }],
    }
    expect(problems(document)).toEqual([])
  })
})

describe('limits', () => {
  test('too many nodes', () => {
    const nodes = Array.from({ length: MAX_NODES + 1 }, (_, i) => ({ id: `n${i}`, op: 'map' }))
    expect(problems({ ...smallest, nodes })).toEqual(['pipeline/too-many nodes: nodes may hold at most 1000 entries.'])
    expect(problems({ ...smallest, nodes: nodes.slice(1) })).toEqual([])
  })

  test('a document that is small as text but large once written plainly', () => {
    const numbers = `[${'1e20,'.repeat(MAX_DOCUMENT_BYTES / 8)}0]`
    const parsed = parsePipelineText(`{"format":"sluice/1","nodes":[{"id":"a","op":"b","params":{"x":${numbers}}}]}`)
    expect(parsed).toMatchObject({ ok: false, error: [{ code: 'json/too-large', path: [] }] })
  })

  test('text that is not JSON says where', () => {
    expect(parsePipelineText('{"format": "sluice/1",\n "nodes": [}')).toMatchObject({
      ok: false,
      error: [{ code: 'json/syntax', message: 'Line 2, column 12: expected a value, but found "}".' }],
    })
  })
})
