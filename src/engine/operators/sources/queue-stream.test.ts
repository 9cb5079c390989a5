import { expect, test } from 'vitest'
import { printStreams, recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { queueStream } from './queue-stream.ts'

test('is a source with one batch per interval in one partition', () => {
  expect(printStreams(recordLowering(queueStream, { batches: [['a'], null] }))).toEqual([
    { kind: 'source', feed: { kind: 'queue', batches: [['a'], null], partitions: 1, oneAtATime: true } },
  ])
})

test('tells a default batch of no RDD from none at all', () => {
  const feedOf = (params: { readonly defaultBatch?: null | readonly number[] }) =>
    [...recordLowering(queueStream, { batches: [], ...params }).streams.values()][0]
  expect(feedOf({ defaultBatch: null })).toMatchObject({ feed: { defaultBatch: null } })
  expect(feedOf({ defaultBatch: [0] })).toMatchObject({ feed: { defaultBatch: [0] } })
  expect(feedOf({})).toMatchObject({ feed: { defaultBatch: undefined } })
})

test('occupies no core', () => {
  expect(recordLowering(queueStream, { batches: [] }).bound).toMatchObject({ feed: 'queue', isReceiver: false })
})

test('refuses batches that are not lists', () => {
  expect(queueStream.bind('n', { batches: ['a', 'b'] })).toMatchObject({
    ok: false,
    error: [{ code: 'param/not-batches', param: 'batches' }],
  })
})
