import { expect, test } from 'vitest'
import { checkNode } from '#engine/operator/testing/check-node.ts'
import { recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { chart } from './chart.ts'

test('measures its input: sums by key unless it is told otherwise', () => {
  const lowering = recordLowering(chart, {})
  expect(lowering.result).toBe(0)
  const view = { kind: 'chart', form: 'lines', top: 5 }
  expect(lowering.outputs).toEqual([{ stream: 0, action: { kind: 'measure', series: 'keys', combine: 'sum', view } }])
  const fields = { keyField: 'sensor', valueField: 'celsius', combine: 'average', form: 'ranking', top: 2 }
  expect(recordLowering(chart, fields).outputs).toEqual([
    {
      stream: 0,
      action: {
        kind: 'measure',
        series: 'keys',
        keyField: 'sensor',
        valueField: 'celsius',
        combine: 'average',
        view: { kind: 'chart', form: 'ranking', top: 2 },
      },
    },
  ])
})

test('refuses a number that a count would not read', () => {
  expect(checkNode(chart, { combine: 'count', keyField: 'user' })).toEqual([])
  expect(checkNode(chart, { combine: 'count', valueField: 'ms' })).toMatchObject([
    { code: 'chart/not-read', param: 'valueField', fixes: [{ value: 'sum' }] },
  ])
})
