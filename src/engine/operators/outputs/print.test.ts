import { expect, test } from 'vitest'
import { recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { print } from './print.ts'

test('takes the first records of its input, ten by default, and adds no stream', () => {
  const lowering = recordLowering(print, {})
  expect(lowering.streams.size).toBe(0)
  expect(lowering.result).toBe(0)
  expect(lowering.outputs).toEqual([{ stream: 0, action: { kind: 'take', num: 10 } }])
  expect(recordLowering(print, { num: 3 }).outputs).toMatchObject([{ action: { num: 3 } }])
})
