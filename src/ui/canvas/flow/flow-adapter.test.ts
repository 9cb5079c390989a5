import { describe, expect, test } from 'vitest'
import { findOperator } from '#engine/registry.ts'
import { samplePipeline } from '#ui/canvas/testing/sample-pipeline.ts'
import { FlowEdges, FlowNodes, followMoves, followSelection, type Surroundings, toEdge } from './flow-adapter.ts'

const around: Surroundings = {
  findOperator,
  nodeLabel: (node) => `node ${node.id}`,
  edgeLabel: (from, to) => `${from} to ${to}`,
  roles: { node: 'node', edge: 'edge' },
}
const nothing = { nodes: [], edges: [] }
const still = new Map<string, readonly [number, number]>()

const pipeline = samplePipeline(
  ['s: queueStream at 0,0', 'm: map at 240,0', 'j: join at 480,10', 'p: print at 720,0'],
  ['s>m', 'm>j', 'm>j.other', 'j>p', 'j>p'],
)

describe('nodes', () => {
  test('stand where the document says, with the ports of their operators', () => {
    const nodes = new FlowNodes().update(pipeline, { nodes: ['m'], edges: [] }, still, around)
    expect(nodes.map((node) => [node.id, node.position.x, node.position.y, node.selected])).toEqual([
      ['s', 0, 0, false],
      ['m', 240, 0, true],
      ['j', 480, 10, false],
      ['p', 720, 0, false],
    ])
    expect(nodes.map((node) => node.data)).toEqual([
      { inputs: [], output: true },
      { inputs: ['in'], output: true },
      { inputs: ['in', 'other'], output: true },
      { inputs: ['in'], output: false },
    ])
    expect(nodes[2]?.handles?.map((handle) => handle.id)).toEqual(['in', 'other', 'out'])
  })

  test('are the same objects while nothing of theirs changed', () => {
    const flow = new FlowNodes()
    const before = flow.update(pipeline, nothing, still, around)
    const after = flow.update(
      { ...pipeline, name: 'other' },
      { nodes: ['p'], edges: [] },
      new Map([['m', [1, 2]]]),
      around,
    )
    expect(after[0]).toBe(before[0])
    expect(after[2]).toBe(before[2])
    expect(after[1]?.position).toEqual({ x: 1, y: 2 })
    expect(after[3]?.selected).toBe(true)
  })

  test('show ports that an edge uses although the operator has none such', () => {
    const odd = samplePipeline(['p: print', 'q: nosuch'], ['p>q.side'])
    const nodes = new FlowNodes().update(odd, nothing, still, around)
    expect(nodes[0]?.data.output).toBe(true)
    expect(nodes[1]?.data).toEqual({ inputs: ['side'], output: true })
  })
})

describe('edges', () => {
  test('have ids of their own even when they are equal', () => {
    const edges = new FlowEdges().update(pipeline, { nodes: [], edges: [4] }, around)
    expect(edges.map((edge) => edge.id)).toEqual(['s>m.in', 'm>j.in', 'm>j.other', 'j>p.in', 'j>p.in#2'])
    expect(edges.map((edge) => edge.selected)).toEqual([false, false, false, false, true])
    expect(edges[2]).toMatchObject({
      source: 'm',
      sourceHandle: 'out',
      target: 'j',
      targetHandle: 'other',
      data: { position: 2 },
    })
  })

  test('are the same objects while nothing of theirs changed', () => {
    const flow = new FlowEdges()
    const before = flow.update(pipeline, nothing, around)
    const after = flow.update({ ...pipeline, edges: pipeline.edges.slice(1) }, { nodes: [], edges: [0] }, around)
    expect(after[0]).toMatchObject({ id: 'm>j.in', selected: true, data: { position: 0 } })
    const again = flow.update({ ...pipeline, edges: pipeline.edges.slice(1) }, nothing, around)
    expect(again[0]).not.toBe(after[0])
    expect(after[1]).toMatchObject({ id: before[2]?.id, data: { position: 1 } })
    for (const index of [1, 2, 3]) expect(again[index]).toBe(after[index])
  })

  test('come from a connection, with the port named only where it has to be', () => {
    expect(toEdge({ source: 'a', target: 'b', targetHandle: 'in' })).toEqual({ from: 'a', to: 'b' })
    expect(toEdge({ source: 'a', target: 'b', targetHandle: null })).toEqual({ from: 'a', to: 'b' })
    expect(toEdge({ source: 'a', target: 'b', targetHandle: 'other' })).toEqual({ from: 'a', to: 'b', port: 'other' })
  })
})

describe('moves', () => {
  const move = (id: string, x: number, y: number, dragging: boolean) =>
    ({ type: 'position', id, position: { x, y }, dragging }) as const

  test('collect during a drag and become one edit at its end', () => {
    const first = followMoves(pipeline, still, [move('m', 241, 1, true), move('p', 721, 1, true)])
    expect(first.edit).toBeUndefined()
    const second = followMoves(pipeline, first.dragged, [move('m', 300.4, 50.6, true)])
    expect(second.dragged.get('m')).toEqual([300, 51])
    const end = followMoves(pipeline, second.dragged, [
      { type: 'position', id: 'm', dragging: false },
      { type: 'position', id: 'p', dragging: false },
    ])
    expect(end.dragged.size).toBe(0)
    expect(end.edit).toEqual({
      kind: 'moveNodes',
      moves: [
        { id: 'm', at: [300, 51] },
        { id: 'p', at: [721, 1] },
      ],
    })
  })

  test('are no edit when the node came back to its place', () => {
    const away = followMoves(pipeline, still, [move('m', 250, 0, true)])
    expect(followMoves(pipeline, away.dragged, [move('m', 240, 0, false)]).edit).toBeUndefined()
  })

  test('leave a drag alone when other changes come', () => {
    const dragged = new Map([['m', [1, 2] as const]])
    expect(followMoves(pipeline, dragged, [{ type: 'select', id: 'm', selected: true }]).dragged).toBe(dragged)
  })
})

describe('selection', () => {
  const edges = new FlowEdges().update(pipeline, nothing, around)

  test('follows nodes by id and edges by position', () => {
    const one = followSelection(
      { nodes: ['s'], edges: [] },
      { nodes: [{ type: 'select', id: 'm', selected: true }] },
      edges,
    )
    expect(one).toEqual({ nodes: ['s', 'm'], edges: [] })
    const two = followSelection(one, { edges: [{ type: 'select', id: 'j>p.in#2', selected: true }] }, edges)
    expect(two).toEqual({ nodes: ['s', 'm'], edges: [4] })
    expect(followSelection(two, { nodes: [{ type: 'select', id: 's', selected: false }] }, edges).nodes).toEqual(['m'])
  })

  test('stays the same object when no change is about it', () => {
    const selection = { nodes: ['s'], edges: [] }
    expect(followSelection(selection, { nodes: [{ type: 'remove', id: 's' }] }, edges)).toBe(selection)
  })
})
