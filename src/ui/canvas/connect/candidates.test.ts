import { describe, expect, test } from 'vitest'
import { whyNotConnect } from '#engine/compile/can-connect.ts'
import { findOperator, operators } from '#engine/registry.ts'
import { edgesOf, samplePipeline } from '#ui/canvas/testing/sample-pipeline.ts'
import { edgesFor, findLegalEdge, fittingOperators, legalTargets, newNode, type Rules } from './candidates.ts'

const rules: Rules = { operators, findOperator, whyNot: whyNotConnect }
const names = (found: readonly { readonly name: string }[]) => found.map((operator) => operator.name)
const bound = (text: string) => {
  const operator = findOperator(text)
  if (operator === undefined) throw new Error(`no operator ${text}`)
  return operator
}

describe('findLegalEdge', () => {
  test('takes the free port of a join', () => {
    const pipeline = samplePipeline(['a: queueStream', 'b: queueStream', 'j: join'], ['a>j'])
    expect(findLegalEdge(pipeline, 'b', 'j', rules)).toEqual({ from: 'b', to: 'j', port: 'other' })
  })

  test('finds none into a full node, a source, or the node itself', () => {
    const pipeline = samplePipeline(['a: queueStream', 'b: queueStream', 'm: map', 'p: print'], ['a>m', 'm>p'])
    expect(findLegalEdge(pipeline, 'b', 'm', rules)).toBeUndefined()
    expect(findLegalEdge(pipeline, 'm', 'b', rules)).toBeUndefined()
    expect(findLegalEdge(pipeline, 'm', 'm', rules)).toBeUndefined()
  })

  test('finds none that would close a circle', () => {
    const pipeline = samplePipeline(['u: union', 'm: map'], ['u>m'])
    expect(findLegalEdge(pipeline, 'm', 'u', rules)).toBeUndefined()
  })
})

describe('fittingOperators', () => {
  const pipeline = samplePipeline(['a: queueStream', 'm: map', 'p: print'], ['a>m', 'm>p'])

  test('offers no source behind a stream, and nothing behind an output', () => {
    const fitting = names(fittingOperators(pipeline, { kind: 'after', from: 'm' }, rules))
    expect(fitting).toContain('print')
    expect(fitting).toContain('reduceByKey')
    expect(fitting).not.toContain('queueStream')
    expect(fittingOperators(pipeline, { kind: 'after', from: 'p' }, rules)).toEqual([])
  })

  test('offers no operator on pairs behind a stream of single values', () => {
    const counted = samplePipeline(['a: queueStream', 'c: count'], ['a>c'])
    const fitting = names(fittingOperators(counted, { kind: 'after', from: 'c' }, rules))
    expect(fitting).toContain('map')
    expect(fitting).not.toContain('reduceByKey')
  })

  test('offers what gives a stream in front of a port', () => {
    const open = samplePipeline(['j: join'])
    const fitting = names(fittingOperators(open, { kind: 'before', to: 'j', port: 'other' }, rules))
    expect(fitting).toContain('queueStream')
    expect(fitting).toContain('map')
    expect(fitting).not.toContain('print')
  })

  test('offers for an edge what takes a stream and gives one', () => {
    const fitting = names(fittingOperators(pipeline, { kind: 'into', position: 1 }, rules))
    expect(fitting).toContain('filter')
    expect(fitting).not.toContain('print')
    expect(fitting).not.toContain('queueStream')
  })

  test('offers everything anywhere', () => {
    expect(fittingOperators(pipeline, { kind: 'anywhere' }, rules)).toEqual(operators)
  })
})

test('legalTargets names the port where it is not the default one', () => {
  const pipeline = samplePipeline(['a: queueStream', 'b: queueStream', 'j: join', 'm: map'], ['a>j'])
  expect(legalTargets(pipeline, 'b', rules)).toEqual([
    { from: 'b', to: 'j', port: 'other' },
    { from: 'b', to: 'm' },
  ])
})

test('a node that goes into an edge takes over its port', () => {
  const pipeline = samplePipeline(['a: queueStream', 'b: queueStream', 'j: join'], ['a>j', 'b>j.other'])
  const node = newNode(pipeline, bound('filter'), [0, 0])
  const edges = edgesFor(pipeline, node, { kind: 'into', position: 1 }, rules) ?? []
  expect(edgesOf({ ...pipeline, edges })).toEqual(['b>filter', 'filter>j.other'])
})
