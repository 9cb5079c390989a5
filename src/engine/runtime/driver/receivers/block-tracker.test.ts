import { describe, expect, test } from 'vitest'
import { BlockTracker, type ReceivedBlock } from './block-tracker.ts'

const block = (id: number, inputStreamId = 0): ReceivedBlock => ({
  id,
  inputStreamId,
  records: 1,
  payload: { kind: 'lines', text: `${id}`, count: 1 },
})
const add = (tracker: BlockTracker, ...ids: number[]): void => {
  for (const id of ids) tracker.add(block(id))
}
const idsOf = (tracker: BlockTracker, timeMs: number): number[] => tracker.blocksOf(timeMs, 0).map(({ id }) => id)

// The scenarios of ReceivedBlockTrackerSuite, where they do not speak of its log's files.
describe('the block tracker', () => {
  test('allocates all blocks to the next batch, and never to an older one', () => {
    const tracker = new BlockTracker()
    add(tracker, 1, 2, 3, 4, 5)
    expect(tracker.hasUnallocated()).toBe(true)
    tracker.allocate(1)
    expect(idsOf(tracker, 1)).toEqual([1, 2, 3, 4, 5])
    expect(tracker.hasUnallocated()).toBe(false)
    tracker.allocate(2)
    expect(idsOf(tracker, 2)).toEqual([])
    tracker.allocate(1)
    expect(idsOf(tracker, 1)).toEqual([1, 2, 3, 4, 5])
    add(tracker, 6, 7)
    tracker.allocate(2)
    expect(idsOf(tracker, 2)).toEqual([])
    expect(tracker.hasUnallocated()).toBe(true)
  })

  test('tells when a batch has taken what was queued', () => {
    const tracker = new BlockTracker()
    const told: object[] = []
    tracker.onAllocated = () => told.push(tracker.unprocessedChars)
    add(tracker, 1, 2)
    tracker.allocate(1)
    expect(told).toEqual([{ queued: 0, all: 2 }])
  })

  test('takes up a log: what was allocated stays, the rest waits', () => {
    const tracker = new BlockTracker()
    tracker.restore(
      [1, 2, 3, 4].map((id) => block(id)),
      [[0, [1, 2]]],
    )
    expect(idsOf(tracker, 0)).toEqual([1, 2])
    expect(tracker.hasUnallocated()).toBe(true)
    tracker.allocate(0)
    expect(tracker.hasUnallocated()).toBe(true)
    tracker.allocate(1)
    expect(idsOf(tracker, 1)).toEqual([3, 4])
  })

  test('keeps blocks queued while the log cannot be written, and logs in the form that it takes up', async () => {
    const tracker = new BlockTracker()
    add(tracker, 1, 2)
    await tracker.allocateLogged(1000, async () => false)
    expect([idsOf(tracker, 1000), tracker.hasUnallocated()]).toEqual([[], true])
    const logged: [number, readonly number[]][] = []
    await tracker.allocateLogged(2000, async (...allocation) => {
      // What arrives meanwhile waits for the next batch.
      add(tracker, 3)
      logged.push(allocation)
      return true
    })
    expect([idsOf(tracker, 2000), tracker.hasUnallocated()]).toEqual([[1, 2], true])
    const again = new BlockTracker()
    again.restore(
      [1, 2, 3].map((id) => block(id)),
      logged,
    )
    expect([idsOf(again, 1000), idsOf(again, 2000), again.hasUnallocated()]).toEqual([[], [1, 2], true])
    again.allocate(3000)
    expect(idsOf(again, 3000)).toEqual([3])
  })

  test('forgets batches strictly older', () => {
    const tracker = new BlockTracker()
    add(tracker, 1, 2, 3)
    tracker.allocate(1000)
    add(tracker, 4, 5)
    tracker.allocate(2000)
    expect(tracker.cleanup(2000)).toEqual([[1000, [1, 2, 3]]])
    expect([idsOf(tracker, 1000), idsOf(tracker, 2000)]).toEqual([[], [4, 5]])
  })

  test('takes back what batches were given that will never be, for the next one', () => {
    const tracker = new BlockTracker()
    add(tracker, 1)
    tracker.allocate(1000)
    add(tracker, 2)
    tracker.allocate(2000)
    add(tracker, 3)
    tracker.allocate(3000)
    add(tracker, 4)
    expect(tracker.takeBack(2000)).toEqual([2000, 3000])
    tracker.allocate(9000)
    expect([1000, 2000, 3000, 9000].map((timeMs) => idsOf(tracker, timeMs))).toEqual([[1], [], [], [2, 3, 4]])
  })

  test('keeps streams apart, each in order of arrival', () => {
    const tracker = new BlockTracker()
    for (const each of [block(1, 0), block(2, 1), block(3, 0)]) tracker.add(each)
    tracker.allocate(1000)
    expect(idsOf(tracker, 1000)).toEqual([1, 3])
    expect(tracker.blocksOf(1000, 1).map(({ id }) => id)).toEqual([2])
  })
})
