import { describe, expect, test } from 'vitest'
import type { Pipeline } from '#engine/model/pipeline.ts'
import { samplePipeline } from '#ui/canvas/testing/sample-pipeline.ts'
import { tidy } from './auto-layout.ts'
import { crossings } from './crossings.ts'
import { overlaps } from './geometry.ts'

function afterTidy(pipeline: Pipeline, ids: readonly string[] = []): Pipeline {
  const moves = new Map(tidy(pipeline, ids).map(({ id, at }) => [id, at]))
  return { ...pipeline, nodes: pipeline.nodes.map((node) => ({ ...node, at: moves.get(node.id) ?? node.at })) }
}

const at = (pipeline: Pipeline, id: string) =>
  pipeline.nodes.find((node) => node.id === id)?.at ?? [Number.NaN, Number.NaN]

describe('tidy', () => {
  const chain = samplePipeline(['c: print at 10,400', 'b: map at 500,90', 'a: queueStream at 900,20'], ['a>b', 'b>c'])

  test('puts every node to the right of what it takes', () => {
    const tidied = afterTidy(chain)
    expect(at(tidied, 'a')[0]).toBeLessThan(at(tidied, 'b')[0])
    expect(at(tidied, 'b')[0]).toBeLessThan(at(tidied, 'c')[0])
  })

  test('keeps the upper left corner', () => {
    const tidied = afterTidy(chain)
    expect(Math.min(...tidied.nodes.map((node) => node.at[0]))).toBe(10)
    expect(Math.min(...tidied.nodes.map((node) => node.at[1]))).toBe(20)
  })

  test('moves nothing the second time', () => {
    expect(tidy(afterTidy(chain), [])).toEqual([])
  })

  test('leaves nodes that are not selected where they are', () => {
    expect(tidy(chain, ['a', 'b']).map((move) => move.id)).not.toContain('c')
    // One selected node is no selection to lay out.
    expect(tidy(chain, ['b'])).toEqual(tidy(chain, []))
  })

  test('lets the two inputs of a join come in the order of its ports', () => {
    const diamond = samplePipeline(
      ['s: queueStream', 'l: map', 'r: map', 'j: join', 'p: print'],
      ['s>r', 's>l', 'l>j', 'r>j.other', 'j>p'],
    )
    const tidied = afterTidy(diamond)
    expect(crossings(tidied, tidied.nodes)).toBe(0)
  })

  test('puts nodes without edges below the others, and no two upon each other', () => {
    const tidied = afterTidy(samplePipeline(['x: map', 'y: map', 'a: queueStream', 'b: print'], ['a>b']))
    expect(at(tidied, 'x')[1]).toBeGreaterThan(at(tidied, 'a')[1])
    for (const one of tidied.nodes) {
      for (const other of tidied.nodes) if (one !== other) expect(overlaps(one.at, other.at, 0)).toBe(false)
    }
  })

  test('has nothing to do in an empty document', () => {
    expect(tidy(samplePipeline([]), [])).toEqual([])
  })
})
