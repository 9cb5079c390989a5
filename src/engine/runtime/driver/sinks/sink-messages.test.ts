import { expect, test } from 'vitest'
import { sinkMessages } from './sink-messages.ts'

const partitions = [['"a"', '{"$":"undefined"}'], [], ['3']]
const batch = { timeMs: 2000, mayRepeat: false }

test.each([
  ['records', ['"a"', '{"$":"undefined"}', '3']],
  ['partition', ['["a",{"$":"undefined"}]', '[3]']],
  ['batch', ['["a",{"$":"undefined"},3]']],
] as const)('one message per %s', (split, messages) => {
  expect(sinkMessages(partitions, { split, envelope: false }, batch)).toEqual(messages)
})

test('an envelope tells a message from any other, and what may repeat', () => {
  const messages = (split: 'records' | 'partition' | 'batch', mayRepeat = false): unknown[] =>
    sinkMessages(partitions, { split, envelope: true }, { timeMs: 2000, mayRepeat }).map((text) => JSON.parse(text))
  expect(messages('records')).toEqual([
    { timeMs: 2000, partition: 0, index: 0, record: 'a' },
    { timeMs: 2000, partition: 0, index: 1, record: { $: 'undefined' } },
    { timeMs: 2000, partition: 2, index: 0, record: 3 },
  ])
  expect(messages('partition').at(-1)).toEqual({ timeMs: 2000, partition: 2, records: [3] })
  expect(messages('batch', true)).toEqual([{ timeMs: 2000, mayRepeat: true, records: ['a', { $: 'undefined' }, 3] }])
})

test.each(['records', 'partition', 'batch'] as const)('nothing is sent of an empty batch by %s', (split) => {
  expect(sinkMessages([[], []], { split, envelope: true }, batch)).toEqual([])
})
