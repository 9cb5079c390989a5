import { expect, test } from 'vitest'
import { recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { table } from './table.ts'

test('shows rows of its input up to the limit', () => {
  const lowering = recordLowering(table, {})
  expect(lowering.result).toBe(0)
  expect(lowering.outputs).toEqual([{ stream: 0, action: { kind: 'rows', limit: 100 } }])
  expect(recordLowering(table, { limit: 5 }).outputs).toMatchObject([{ action: { limit: 5 } }])
})
