import { describe, expect, test } from 'vitest'
import { applyEdit, labelOf, mergeEdits } from './apply-edit.ts'
import type { Edit } from './edit.ts'
import { parsePipeline } from './parse-pipeline.ts'
import type { Pipeline } from './pipeline.ts'

const parsed = parsePipeline({
  format: 'sluice/1',
  name: 'Words',
  nodes: [
    { id: 'lines', op: 'manualStream', at: [0, 0], params: { text: 'a b', json: false }, colour: 'red' },
    { id: 'words', op: 'flatMap', at: [200, 0], params: { fn: 'l => l.split(" ")' } },
    { id: 'both', op: 'union', at: [400, 0] },
    { id: 'out', op: 'print', at: [600, 0], note: 'Here' },
  ],
  edges: [
    { from: 'lines', to: 'words' },
    { from: 'words', to: 'both' },
    { from: 'words', to: 'both' },
    { from: 'both', to: 'out', weight: 1 },
  ],
  notes: [
    { id: 'n1', text: 'One' },
    { id: 'n2', text: 'Two' },
  ],
  groups: [
    { id: 'g1', title: 'Input', nodes: ['lines', 'words'] },
    { id: 'g2', title: 'Middle', nodes: ['words'] },
  ],
})
if (!parsed.ok) throw new Error('the pipeline of this test is valid')
const before = parsed.value

function apply(edit: Edit, pipeline: Pipeline = before): Pipeline {
  const applied = applyEdit(pipeline, edit)
  if (!applied.ok) throw new Error(JSON.stringify(applied.error))
  return applied.value.pipeline
}

function codesOf(edit: Edit): readonly string[] {
  const applied = applyEdit(before, edit)
  return applied.ok ? [] : applied.error.map(({ code }) => code)
}

describe('every kind of edit does what it says, and its inverse restores the document exactly', () => {
  const note = { id: 'n3', text: 'Three', at: [1, 2], size: [3, 4] } as const
  const added = { id: 'first', op: 'map', params: {}, at: [9, 9] } as const
  test.each<[string, Edit, object]>([
    [
      'Add first',
      { kind: 'addNodes', nodes: [added], positions: [1] },
      { nodes: [{ id: 'lines' }, added, {}, {}, {}] },
    ],
    [
      'Remove words',
      { kind: 'removeNodes', ids: ['words'] },
      {
        nodes: [{ id: 'lines' }, { id: 'both' }, { id: 'out' }],
        edges: [{ from: 'both', to: 'out', weight: 1 }],
        groups: [{ id: 'g1', nodes: ['lines'] }],
      },
    ],
    ['Remove 2 nodes', { kind: 'removeNodes', ids: ['out', 'both'] }, { edges: [{ from: 'lines', to: 'words' }] }],
    [
      'Move 2 nodes',
      {
        kind: 'moveNodes',
        moves: [
          { id: 'out', at: [1, 1] },
          { id: 'both', at: [2, 2] },
        ],
      },
      { nodes: [{ at: [0, 0] }, { at: [200, 0] }, { at: [2, 2] }, { at: [1, 1] }] },
    ],
    [
      'Rename words to tokens',
      { kind: 'renameNode', from: 'words', to: 'tokens' },
      {
        nodes: [{}, { id: 'tokens' }, {}, {}],
        edges: [{ to: 'tokens' }, { from: 'tokens' }, { from: 'tokens' }, { weight: 1 }],
        groups: [{ nodes: ['lines', 'tokens'] }, { nodes: ['tokens'] }],
      },
    ],
    [
      'Make both transform',
      { kind: 'setOperator', node: 'both', op: 'transform', params: { fn: 'rdds => rdds[0]' } },
      { nodes: [{}, {}, { id: 'both', op: 'transform', params: { fn: 'rdds => rdds[0]' } }, {}] },
    ],
    [
      'Change lines.text',
      { kind: 'setParam', node: 'lines', param: 'text', value: 'c' },
      { nodes: [{ params: { text: 'c', json: false }, colour: 'red' }, {}, {}, {}] },
    ],
    ['Change lines.text', { kind: 'setParam', node: 'lines', param: 'text' }, { nodes: [{ params: {} }, {}, {}, {}] }],
    ['Change the note of out', { kind: 'setNodeNote', node: 'out' }, { nodes: [{}, {}, {}, { id: 'out' }] }],
    [
      'Switch out off',
      { kind: 'setDisabled', node: 'out', disabled: true },
      { nodes: [{}, {}, {}, { disabled: true }] },
    ],
    [
      'Connect lines to both',
      { kind: 'addEdges', edges: [{ from: 'lines', to: 'both' }], positions: [2] },
      { edges: [{}, {}, { from: 'lines', to: 'both' }, {}, {}] },
    ],
    ['Remove 2 edges', { kind: 'removeEdges', positions: [3, 1] }, { edges: [{ to: 'words' }, { from: 'words' }] }],
    ['Add 1 note', { kind: 'addNotes', notes: [note] }, { notes: [{}, {}, note] }],
    ['Remove 1 note', { kind: 'removeNotes', ids: ['n1'] }, { notes: [{ id: 'n2' }] }],
    ['Change a note', { kind: 'replaceNote', note: { ...note, id: 'n1' } }, { notes: [{ ...note, id: 'n1' }, {}] }],
    ['Change the groups', { kind: 'setGroups', groups: [] }, { groups: [] }],
    [
      'Change the settings',
      { kind: 'setSettings', settings: { ...before.settings, batchMs: 500 } },
      { settings: { batchMs: 500 } },
    ],
    ['Name the pipeline Counts', { kind: 'setName', name: 'Counts' }, { name: 'Counts' }],
    ['Change the description', { kind: 'setDescription', description: 'D' }, { description: 'D' }],
    ['Open Other', { kind: 'replacePipeline', pipeline: { ...before, name: 'Other' } }, { name: 'Other' }],
    [
      'Swap two names',
      {
        kind: 'compound',
        label: 'Swap two names',
        edits: [
          { kind: 'renameNode', from: 'lines', to: 'swap' },
          { kind: 'renameNode', from: 'words', to: 'lines' },
          { kind: 'renameNode', from: 'swap', to: 'words' },
        ],
      },
      { nodes: [{ id: 'words' }, { id: 'lines' }, {}, {}], edges: [{ from: 'words', to: 'lines' }, {}, {}, {}] },
    ],
  ])('%s', (label, edit, expected) => {
    expect(labelOf(edit)).toBe(label)
    const applied = applyEdit(before, edit)
    expect(applied).toMatchObject({ ok: true, value: { pipeline: expected } })
    if (!applied.ok) return
    const restored = apply(applied.value.inverse, applied.value.pipeline)
    expect(restored).toStrictEqual(before)
    // Key order too: it is the order in which parameters are printed.
    expect(JSON.stringify(restored)).toBe(JSON.stringify(before))
  })
})

test('what did not change is shared', () => {
  const after = apply({ kind: 'setParam', node: 'words', param: 'fn', value: 'x => []' })
  expect(after.edges).toBe(before.edges)
  expect(after.nodes[0]).toBe(before.nodes[0])
})

test.each<Edit>([
  { kind: 'setName', name: 'Words' },
  { kind: 'setParam', node: 'lines', param: 'text', value: 'a b' },
  { kind: 'setParam', node: 'lines', param: 'absent' },
  { kind: 'moveNodes', moves: [{ id: 'lines', at: [0, 0] }] },
  { kind: 'setNodeNote', node: 'out', note: 'Here' },
  { kind: 'removeEdges', positions: [] },
  { kind: 'compound', label: 'Nothing', edits: [{ kind: 'addNodes', nodes: [] }] },
])('an edit without effect gives the same document back: $kind', (edit) => {
  expect(apply(edit)).toBe(before)
})

describe('an edit that would break the document is refused', () => {
  test.each<[string, Edit, string]>([
    ['an id that is taken', { kind: 'renameNode', from: 'lines', to: 'words' }, 'edit/taken'],
    ['an id that is no identifier', { kind: 'renameNode', from: 'lines', to: 'a b' }, 'pipeline/bad-identifier'],
    ['a node that is not there', { kind: 'setParam', node: 'nobody', param: 'x', value: 1 }, 'edit/not-there'],
    ['moving a node that is not there', { kind: 'moveNodes', moves: [{ id: 'nobody', at: [0, 0] }] }, 'edit/not-there'],
    ['an edge to nowhere', { kind: 'addEdges', edges: [{ from: 'lines', to: 'nobody' }] }, 'pipeline/unknown-node'],
    ['an edge that is not there', { kind: 'removeEdges', positions: [4] }, 'edit/bad-position'],
    [
      'a place past the end',
      { kind: 'addEdges', edges: [{ from: 'lines', to: 'out' }], positions: [5] },
      'edit/bad-position',
    ],
    ['a node twice', { kind: 'addNodes', nodes: [before.nodes[0] ?? []].flat() }, 'edit/taken'],
    ['a bad setting', { kind: 'setSettings', settings: { ...before.settings, batchMs: 1 } }, 'pipeline/batch-ms'],
    ['a place that is no place', { kind: 'moveNodes', moves: [{ id: 'out', at: [Number.NaN, 0] }] }, 'json/not-json'],
    ['a forbidden key', { kind: 'setParam', node: 'lines', param: '__proto__', value: 1 }, 'json/forbidden-key'],
    [
      'a group of nobody',
      { kind: 'setGroups', groups: [{ id: 'g', title: '', nodes: ['no'] }] },
      'pipeline/unknown-node',
    ],
    [
      'a compound of which one part fails',
      {
        kind: 'compound',
        label: 'Both',
        edits: [
          { kind: 'setName', name: 'X' },
          { kind: 'removeNodes', ids: ['nobody'] },
        ],
      },
      'edit/not-there',
    ],
  ])('%s', (_name, edit, code) => {
    expect(codesOf(edit)).toEqual([code])
  })
})

describe('merging', () => {
  test('keystrokes in one parameter become one edit', () => {
    const first: Edit = { kind: 'setParam', node: 'words', param: 'fn', value: 'a' }
    const second: Edit = { kind: 'setParam', node: 'words', param: 'fn', value: 'ab' }
    expect(mergeEdits(first, second)).toBe(second)
  })

  test('moves of one drag become one edit, of all nodes that moved', () => {
    const first: Edit = {
      kind: 'moveNodes',
      moves: [
        { id: 'lines', at: [1, 1] },
        { id: 'out', at: [2, 2] },
      ],
    }
    const second: Edit = { kind: 'moveNodes', moves: [{ id: 'lines', at: [3, 3] }] }
    expect(mergeEdits(first, second)).toEqual({
      kind: 'moveNodes',
      moves: [
        { id: 'lines', at: [3, 3] },
        { id: 'out', at: [2, 2] },
      ],
    })
  })

  test('a parameter removed and set again is not merely set: it has moved to the end', () => {
    const removed: Edit = { kind: 'setParam', node: 'lines', param: 'text' }
    const again: Edit = { kind: 'setParam', node: 'lines', param: 'text', value: 'c' }
    const merged = apply(mergeEdits(removed, again))
    expect(Object.keys(merged.nodes[0]?.params ?? {})).toEqual(['json', 'text'])
  })

  test('edits that have no single one like them become a compound', () => {
    const first: Edit = { kind: 'setName', name: 'A' }
    const second: Edit = { kind: 'setDescription', description: 'B' }
    expect(mergeEdits(first, second)).toEqual({
      kind: 'compound',
      label: 'Name the pipeline A',
      edits: [first, second],
    })
  })
})
