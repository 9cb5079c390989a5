import { describe, expect, test } from 'vitest'
import { whyNotConnect } from '#engine/compile/can-connect.ts'
import { applyEdit } from '#engine/model/apply-edit.ts'
import type { Edit } from '#engine/model/edit.ts'
import { parsePipelineText } from '#engine/model/parse-pipeline.ts'
import type { Pipeline } from '#engine/model/pipeline.ts'
import { findOperator, operators } from '#engine/registry.ts'
import type { Rules } from '#ui/canvas/connect/candidates.ts'
import { overlaps } from '#ui/canvas/layout/geometry.ts'
import { edgesOf, samplePipeline } from '#ui/canvas/testing/sample-pipeline.ts'
import { printFragment, takeFragment } from './fragment.ts'
import { planAdd, planAddAt, planInsert } from './plan-add.ts'
import { planDelete, planDuplicate, planPaste, planToggle, present } from './plan-change.ts'

const rules: Rules = { operators, findOperator, whyNot: whyNotConnect }
const label = 'a step'

function operator(name: string) {
  const found = findOperator(name)
  if (found === undefined) throw new Error(`no operator ${name}`)
  return found
}

/** The document after the edit, which one undo takes back exactly. */
function apply(pipeline: Pipeline, edit: Edit | undefined): Pipeline {
  if (edit === undefined) throw new Error('no edit was planned')
  const applied = applyEdit(pipeline, edit)
  if (!applied.ok) throw new Error(applied.error[0]?.message)
  const undone = applyEdit(applied.value.pipeline, applied.value.inverse)
  expect(undone.ok && undone.value.pipeline).toEqual(pipeline)
  return applied.value.pipeline
}

const words = samplePipeline(
  ['lines: queueStream at 0,0', 'words: map at 240,0', 'other: queueStream at 0,200', 'out: print at 480,0'],
  ['lines>words', 'words>out'],
)

describe('adding', () => {
  test('connects the new node to the selected one', () => {
    const planned = planAdd(words, operator('count'), { selected: ['words'], middle: [0, 0], label }, rules)
    expect(planned.connectedTo).toEqual(['words'])
    expect(edgesOf(apply(words, planned.edit))).toEqual(['lines>words', 'words>out', 'words>count'])
  })

  test('fills both ports of a join from two selected nodes', () => {
    const planned = planAdd(words, operator('join'), { selected: ['words', 'other'], middle: [0, 0], label }, rules)
    expect(edgesOf(apply(words, planned.edit)).slice(2)).toEqual(['words>join', 'other>join.other'])
  })

  test('leaves unconnected what takes no stream', () => {
    const planned = planAdd(words, operator('queueStream'), { selected: ['words'], middle: [0, 0], label }, rules)
    expect(planned.connectedTo).toEqual([])
    expect(apply(words, planned.edit).edges).toEqual(words.edges)
  })

  test('into an edge keeps the order of the inputs', () => {
    const joined = samplePipeline(['a: queueStream', 'b: queueStream', 'u: union'], ['a>u', 'b>u'])
    const fit = { kind: 'into', position: 0 } as const
    const planned = planAddAt(joined, operator('map'), { middle: [0, 0], fit, label }, rules)
    expect(edgesOf(apply(joined, planned?.edit))).toEqual(['map>u', 'b>u', 'a>map'])
  })

  test('into a short edge covers no node and moves none', () => {
    const fit = { kind: 'into', position: 0 } as const
    const planned = planAddAt(words, operator('filter'), { middle: [210, 38], fit, label }, rules)
    const after = apply(words, planned?.edit)
    const added = after.nodes.at(-1)
    expect(after.nodes.slice(0, -1)).toEqual(words.nodes)
    for (const node of words.nodes) expect(overlaps(node.at, added?.at ?? node.at, 0)).toBe(false)
  })

  test('gives nothing where the operator does not fit', () => {
    const fit = { kind: 'after', from: 'out' } as const
    expect(planAddAt(words, operator('map'), { middle: [0, 0], fit, label }, rules)).toBeUndefined()
  })
})

describe('inserting a node that is there', () => {
  const loose = samplePipeline(['a: queueStream', 'm: map', 'p: print', 'x: filter at 5,5'], ['a>m', 'm>p'])

  test('moves it and splits the edge', () => {
    const after = apply(loose, planInsert(loose, 'x', { position: 0, at: [120, 40], label }, rules))
    expect(edgesOf(after)).toEqual(['x>m', 'm>p', 'a>x'])
    expect(after.nodes[3]?.at).toEqual([120, 40])
  })

  test('refuses a node with edges of its own', () => {
    expect(planInsert(loose, 'm', { position: 1, at: [0, 0], label }, rules)).toBeUndefined()
  })
})

describe('deleting', () => {
  test('takes nodes with their edges, and edges by position', () => {
    const after = apply(words, planDelete(words, { nodes: ['out'], edges: [0] }, label))
    expect(after.nodes.map((node) => node.id)).toEqual(['lines', 'words', 'other'])
    expect(after.edges).toEqual([])
  })

  test('passes over what is gone', () => {
    expect(present(words, { nodes: ['gone', 'out'], edges: [1, 7] })).toEqual({ nodes: ['out'], edges: [1] })
    expect(planDelete(words, { nodes: ['gone'], edges: [9] }, label)).toBeUndefined()
  })
})

describe('copies', () => {
  test('have fresh names and the edges between them', () => {
    const planned = planDuplicate(words, ['lines', 'words'], label)
    expect(planned?.ids).toEqual(['lines2', 'words2'])
    const after = apply(words, planned?.edit)
    expect(edgesOf(after).slice(2)).toEqual(['lines2>words2'])
    expect(after.nodes.at(-1)?.at).not.toEqual(words.nodes[1]?.at)
  })

  test('travel as the text of a document', () => {
    const text = printFragment(takeFragment(words, ['words', 'out']), 'Part')
    const parsed = parsePipelineText(text)
    if (!parsed.ok) throw new Error(parsed.error[0]?.message)
    const empty = samplePipeline([])
    const after = apply(empty, planPaste(empty, parsed.value, { middle: [1000, 1000], label })?.edit)
    expect(after.nodes.map((node) => node.id)).toEqual(['words', 'out'])
    expect(edgesOf(after)).toEqual(['words>out'])
    expect(after.nodes[0]?.at[0]).toBeGreaterThan(700)
  })

  test('of nothing are no edit', () => {
    expect(planDuplicate(words, [], label)).toBeUndefined()
  })
})

test('toggle switches off first, and on when all are off', () => {
  const half = apply(words, planToggle(words, ['lines'], label))
  expect(half.nodes[0]?.disabled).toBe(true)
  const off = apply(half, planToggle(half, ['lines', 'words'], label))
  expect(off.nodes.slice(0, 2).map((node) => node.disabled)).toEqual([true, true])
  const on = apply(off, planToggle(off, ['lines', 'words'], label))
  expect(on.nodes[0]).not.toHaveProperty('disabled')
})
