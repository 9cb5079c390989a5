import { expect, test } from 'vitest'
import { checkNode } from '#engine/operator/testing/check-node.ts'
import { recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { saveAsObjectFiles } from './save-as-object-files.ts'

test('saves its input as tagged JSON', () => {
  const lowering = recordLowering(saveAsObjectFiles, { prefix: 'objects' })
  expect(lowering.streams.size).toBe(0)
  const action = { kind: 'save', format: 'objects', prefix: 'objects', suffix: '' }
  expect(lowering.outputs).toEqual([{ stream: 0, action }])
})

test('keeps to its own place', () => {
  expect(checkNode(saveAsObjectFiles, { prefix: '../out' })).toMatchObject([{ code: 'save/parent-path' }])
})
