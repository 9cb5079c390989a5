import { expect, test } from 'vitest'
import { printStreams, recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { webSocketTextStream } from './web-socket-text-stream.ts'

const url = 'wss://example.org/feed'

test('is a receiver of lines of text', () => {
  expect(printStreams(recordLowering(webSocketTextStream, { url }))).toEqual([
    {
      kind: 'source',
      feed: {
        kind: 'receiver',
        receiver: { kind: 'webSocket', url, protocols: [], split: 'lines', json: false, maxRate: 0 },
      },
    },
  ])
})

test('passes on every choice', () => {
  const params = { url, protocols: ['v1'], split: 'message', json: true, maxRate: 50 }
  expect(printStreams(recordLowering(webSocketTextStream, params))).toMatchObject([
    { feed: { receiver: { protocols: ['v1'], split: 'message', json: true, maxRate: 50 } } },
  ])
})

test('says where it connects and that it takes a core', () => {
  const { bound } = recordLowering(webSocketTextStream, { url })
  expect(bound).toMatchObject({ isReceiver: true, destinations: [{ direction: 'reads', address: url }] })
})

test('needs a WebSocket address', () => {
  expect(webSocketTextStream.bind('n', {})).toMatchObject({
    ok: false,
    error: [{ code: 'param/missing', param: 'url' }],
  })
  expect(webSocketTextStream.bind('n', { url: 'https://example.org' })).toMatchObject({
    ok: false,
    error: [{ code: 'param/not-a-url', param: 'url', hint: expect.stringContaining('wss://') }],
  })
})
