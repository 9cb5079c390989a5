import { expect, test } from 'vitest'
import { recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { persist } from './persist.ts'

test('marks the stream it hands on, whatever the level', () => {
  const { result, inputs, persisted } = recordLowering(persist, { storageLevel: 'DISK_ONLY' })
  expect([result, persisted]).toEqual([inputs[0], [inputs[0]]])
})

test('refuses a level that Spark does not have', () => {
  expect(persist.bind('n', { storageLevel: 'ON_PAPER' })).toMatchObject({
    ok: false,
    error: [{ severity: 'error', param: 'storageLevel' }],
  })
})
