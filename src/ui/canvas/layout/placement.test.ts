import { expect, test } from 'vitest'
import { samplePipeline } from '#ui/canvas/testing/sample-pipeline.ts'
import { GAP_X, GAP_Y, NODE_HEIGHT, NODE_WIDTH, overlaps } from './geometry.ts'
import { freePlace, freeShift, placeBeside } from './placement.ts'

test('a new node stands to the right of the selected one, level with it', () => {
  const pipeline = samplePipeline(['a: map at 100,50', 'far: map at 900,900'])
  expect(placeBeside(pipeline, ['a'], [0, 0])).toEqual([100 + NODE_WIDTH + GAP_X, 50])
})

test('two selected nodes have the new one between their heights', () => {
  const pipeline = samplePipeline(['a: map at 0,0', 'b: map at 0,200'])
  expect(placeBeside(pipeline, ['a', 'b'], [0, 0])).toEqual([NODE_WIDTH + GAP_X, 100])
})

test('a taken place sends the node down until it covers none', () => {
  const x = NODE_WIDTH + GAP_X
  const pipeline = samplePipeline(['a: map at 0,0', `b: map at ${x},0`, `c: map at ${x},${NODE_HEIGHT + GAP_Y}`])
  const place = placeBeside(pipeline, ['a'], [0, 0])
  expect(place[0]).toBe(x)
  for (const node of pipeline.nodes) expect(overlaps(node.at, place, 0)).toBe(false)
})

test('without a selection the node has its middle where the person looks', () => {
  expect(placeBeside(samplePipeline([]), [], [500, 300])).toEqual([500 - NODE_WIDTH / 2, 300 - NODE_HEIGHT / 2])
  expect(freePlace([], [0.4, 0.6])).toEqual([0, 1])
})

test('copies move on until they hide no node exactly', () => {
  const pipeline = samplePipeline(['a: map at 0,0', 'b: map at 24,24'])
  const [dx, dy] = freeShift(pipeline, pipeline.nodes.slice(0, 1), [24, 24])
  expect(dx).toBeGreaterThan(24)
  expect(dx).toBe(dy)
})
