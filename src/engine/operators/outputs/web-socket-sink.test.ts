import { expect, test } from 'vitest'
import { recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { webSocketSink } from './web-socket-sink.ts'

const url = 'ws://127.0.0.1:9998'

test('sends its input record by record, in five seconds at most', () => {
  const lowering = recordLowering(webSocketSink, { url })
  expect(lowering.result).toBe(0)
  const action = { kind: 'send', url, split: 'records', envelope: false, timeoutMs: 5000 }
  expect(lowering.outputs).toEqual([{ stream: 0, action }])
  expect(recordLowering(webSocketSink, { url, split: 'batch', envelope: true, timeoutMs: 70 }).outputs).toMatchObject([
    { action: { split: 'batch', envelope: true, timeoutMs: 70 } },
  ])
})

test('names where it sends to before anything runs', () => {
  expect(recordLowering(webSocketSink, { url }).bound.destinations).toEqual([{ direction: 'writes', address: url }])
})

test.each(['http://example.org', '127.0.0.1:9998', ''])('refuses the address %o', (wrong) => {
  expect(webSocketSink.bind('n', { url: wrong })).toMatchObject({ ok: false, error: [{ node: 'n', param: 'url' }] })
})
