import { expect, test } from 'vitest'
import { checkNode } from '#engine/operator/testing/check-node.ts'
import { recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { saveAsTextFiles } from './save-as-text-files.ts'

test('saves its input as text, with neither prefix nor suffix unless they are given', () => {
  const lowering = recordLowering(saveAsTextFiles, {})
  expect(lowering.result).toBe(0)
  expect(lowering.outputs).toEqual([{ stream: 0, action: { kind: 'save', format: 'text', prefix: '', suffix: '' } }])
  const named = recordLowering(saveAsTextFiles, { prefix: 'out/counts', suffix: 'txt' })
  expect(named.outputs).toMatchObject([{ action: { prefix: 'out/counts', suffix: 'txt' } }])
})

test.each(['', 'out', 'out/counts', 'day=1/Zähler 2', 'v1.2', 'a_b-c', '日本'])('takes the prefix %o', (prefix) => {
  expect(checkNode(saveAsTextFiles, { prefix })).toEqual([])
})

test.each([
  ['/etc/x', 'save/absolute-path', 'etc/x'],
  ['C:\\temp', 'save/absolute-path', 'temp'],
  ['hdfs://host/out', 'save/absolute-path', 'host/out'],
  ['../out', 'save/parent-path', 'out'],
  ['a/../../b', 'save/parent-path', 'a/b'],
  ['./a', 'save/parent-path', 'a'],
  ['..\\out', 'save/unusable-name', 'out'],
  ['a//b', 'save/unusable-name', 'a/b'],
  ['out/', 'save/unusable-name', 'out'],
  ['.hidden', 'save/unusable-name', undefined],
  ['a\u0000b', 'save/unusable-name', undefined],
  ['a\u202eb', 'save/unusable-name', undefined],
  ['what?', 'save/unusable-name', undefined],
  ['x'.repeat(61), 'save/unusable-name', undefined],
])('refuses the prefix %o', (prefix, code, mended) => {
  const [diagnostic, ...more] = checkNode(saveAsTextFiles, { prefix })
  expect(diagnostic).toMatchObject({ code, node: 'n', param: 'prefix', hint: expect.stringMatching(/\S/) })
  expect(more).toEqual([])
  expect(diagnostic?.fixes?.[0]?.value).toBe(mended)
})

test.each(['.txt', 'a/b', '..', 'txt.', ' '])('refuses the suffix %o', (suffix) => {
  expect(checkNode(saveAsTextFiles, { suffix })).toMatchObject([{ code: 'save/unusable-name', param: 'suffix' }])
})
