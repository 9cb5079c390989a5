import { expect, test } from 'vitest'
import { parseExecutorMessage, parseReply } from './parse-executor-message.ts'

const part = { kind: 'part', seq: 1, part: 0, parts: 1, text: '{}' }

test('takes the messages there are', () => {
  for (const message of [part, { kind: 'loaded' }, { kind: 'log', text: 'hi' }, { kind: 'at', seq: 1, node: 'a' }])
    expect(parseExecutorMessage(message)).toEqual({ ok: true, value: message })
})

test.each([
  [undefined],
  [null],
  ['part'],
  [[]],
  [{}],
  [{ kind: 'parts' }],
  [{ ...part, seq: -1 }],
  [{ ...part, parts: 1000 }],
  [{ ...part, text: 1 }],
  [{ ...part, more: 1 }],
  [{ kind: 'part' }],
  [{ kind: 'loaded', more: 1 }],
])('takes nothing else: %j', (message) => {
  expect(parseExecutorMessage(message).ok).toBe(false)
})

const reply = {
  timeMs: 1,
  jobs: [{ output: 0, rows: [{ partition: 0, records: [1, null, { a: [] }] }], lines: [] }],
  nodes: [{ node: 'a', partitions: [{ partition: 0, records: 3, sample: [1, 'two', { $: 'undefined' }] }] }],
  snapshots: [],
}

test('takes a reply as it is', () => {
  expect(parseReply(JSON.stringify(reply))).toEqual({ ok: true, value: reply })
})

test.each([
  { ...reply, jobs: [] },
  { ...reply, jobs: [{ ...reply.jobs[0], rows: [{ partition: 0, records: { 0: 1 } }] }] },
  { ...reply, jobs: [{ ...reply.jobs[0], rows: [{ partition: 0 }] }] },
  { ...reply, nodes: [{ node: 'a', partitions: [{ partition: 0, records: 3, sample: 'three' }] }] },
  { ...reply, nodes: [{ node: 'a', partitions: [{ partition: 0, records: 3, sample: null }] }] },
  { ...reply, more: 1 },
])('takes no other reply: %j', (other) => {
  expect(parseReply(JSON.stringify(other)).ok).toBe(false)
})
