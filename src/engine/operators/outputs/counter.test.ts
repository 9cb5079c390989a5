import { expect, test } from 'vitest'
import { checkNode } from '#engine/operator/testing/check-node.ts'
import { recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { counter } from './counter.ts'

test('counts the records of its input, or adds up a field or what a function gives', () => {
  const action = { kind: 'measure', series: 'one', combine: 'count', view: { kind: 'counter' } }
  expect(recordLowering(counter, {}).outputs).toEqual([{ stream: 0, action }])
  expect(recordLowering(counter, { measure: 'sum', field: 'n' }).outputs).toEqual([
    { stream: 0, action: { ...action, combine: 'sum', valueField: 'n' } },
  ])
  expect(recordLowering(counter, { measure: 'sum', fn: 'x => x' }).outputs).toMatchObject([
    { action: { combine: 'sum', fn: { source: 'x => x', param: 'fn' } } },
  ])
})

test('refuses a number that it would not read, and two ways to one', () => {
  expect(checkNode(counter, { field: '' })).toEqual([])
  expect(checkNode(counter, { field: 'n' })).toMatchObject([{ code: 'counter/not-summed', fixes: [{ value: 'sum' }] }])
  expect(checkNode(counter, { measure: 'sum', field: 'n', fn: 'x => x' })).toMatchObject([
    { code: 'counter/field-and-function', param: 'field' },
  ])
})
