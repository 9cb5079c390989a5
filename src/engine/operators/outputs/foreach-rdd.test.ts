import { expect, test } from 'vitest'
import { recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { foreachRDD } from './foreach-rdd.ts'

test("runs the user's function on each RDD of its input", () => {
  const fn = '(rdd) => console.log(rdd.count())'
  const lowering = recordLowering(foreachRDD, { fn })
  expect(lowering.result).toBe(0)
  expect(lowering.outputs).toMatchObject([
    { stream: 0, action: { kind: 'foreachRDD', fn: { source: fn, param: 'fn' } } },
  ])
})

test('refuses a function that waits', () => {
  expect(foreachRDD.bind('n', { fn: 'async (rdd) => rdd' })).toMatchObject({
    ok: false,
    error: [{ code: 'function/async', param: 'fn' }],
  })
})
