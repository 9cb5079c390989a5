import { expect, test } from 'vitest'
import { printStreams, recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { manualStream } from './manual-stream.ts'

test('is a receiver that connects to nothing', () => {
  const lowering = recordLowering(manualStream, {})
  expect(printStreams(lowering)).toEqual([{ kind: 'source', feed: { kind: 'receiver', receiver: { kind: 'manual' } } }])
  expect(lowering.bound).toMatchObject({ isReceiver: true, feed: 'receiver', destinations: [] })
})
