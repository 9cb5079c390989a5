import { describe, expect, test } from 'vitest'
import type { ReceiverCommand } from '#engine/runtime/receiver/receiver-wire.ts'
import { COUNTING, receiverBench } from '#engine/runtime/testing/receiver-bench.ts'
import type { OpenReceiverWorker, WorkerEvents } from './receiver-worker.ts'

describe('a worker that hangs', () => {
  /** Workers that do as they are told by the test. */
  function puppets() {
    const opened: {
      readonly events: WorkerEvents
      closed: boolean
      sent: ReceiverCommand[]
      say(data: unknown): void
    }[] = []
    const openReceiver: OpenReceiverWorker = (_streamId, events) => {
      let handler: (data: unknown) => void = () => {}
      let violated: () => void = () => {}
      let credit = 0
      const puppet = {
        events,
        closed: false,
        sent: [] as ReceiverCommand[],
        say: (data: unknown) => {
          credit -= 1
          if (credit < 0) violated()
          else handler(data)
        },
      }
      opened.push(puppet)
      void Promise.resolve().then(() =>
        events.onLink({
          post: (message) => puppet.sent.push(message as ReceiverCommand), // the driver's own
          listen: (listener) => {
            handler = listener
          },
          grant: (messages) => {
            credit = messages
          },
          onViolation: (listener) => {
            violated = listener
          },
          close: () => {},
        }),
      )
      return {
        close: () => {
          puppet.closed = true
        },
      }
    }
    return { opened, openReceiver }
  }

  test('is replaced after the delay, and not for ever', async () => {
    const { opened, openReceiver } = puppets()
    const { start, pass, told, plan } = receiverBench(COUNTING, {
      openReceiver,
      conf: { 'sluice.batchDeadline': '1s' },
    })
    expect(plan.executors).toBe(1)
    await start()
    for (let replaced = 1; replaced <= 3; replaced++) {
      opened.at(-1)?.say({ kind: 'loaded', name: '' })
      await pass(1100)
      expect(opened.at(-1)).toMatchObject({ closed: true })
      expect(told.receivers).toMatchObject([{ state: 'waiting', lastError: expect.stringContaining('did not answer') }])
      await pass(2000)
      expect(opened).toHaveLength(replaced + 1)
    }
    await pass(3000)
    expect(told.receivers).toMatchObject([{ state: 'stopped', lastError: expect.stringContaining('stays stopped') }])
    await pass(60_000)
    expect(opened).toHaveLength(4)
    // The batches went on all the time.
    expect(told.completed.length).toBeGreaterThan(60)
    expect(told.failures).toEqual([])
  })

  const answer = { kind: 'answer', seq: 1, records: 0, text: '[]', blocks: [], happened: [], waiting: 0 }
  const lies: readonly (readonly [string, readonly unknown[]])[] = [
    ['more than it was asked for', [{ kind: 'ready' }, { kind: 'ready' }, { kind: 'ready' }, { kind: 'ready' }]],
    ['an answer to nothing', [answer, { ...answer, seq: 2 }]],
    ['another kind', [{ kind: 'eval' }]],
    ['records that are none', [{ ...answer, records: 2, text: '[1]' }]],
    ['a block that is none', [{ ...answer, blocks: [{ id: 1, records: 1, text: '{}' }] }]],
    ['too much text', [{ ...answer, text: ' '.repeat(2_100_000) }]],
    ['something unreadable', [{ ...answer, waiting: Number.NaN }]],
  ]
  test.each(lies)('one that sends %s is replaced', async (_what, messages) => {
    const { opened, openReceiver } = puppets()
    const { start, pass, told } = receiverBench(COUNTING, { openReceiver })
    await start()
    opened[0]?.say({ kind: 'loaded', name: '' })
    for (const message of messages) opened[0]?.say(message)
    expect(opened[0]).toMatchObject({ closed: true })
    expect(told.warnings).toHaveLength(1)
    await pass(2100)
    expect(opened).toHaveLength(2)
  })

  test('does not hold up a stop for long, and none is started while stopping', async () => {
    const { opened, openReceiver } = puppets()
    const { start, pass, told, context } = receiverBench(COUNTING, { openReceiver })
    await start()
    opened[0]?.say({ kind: 'loaded', name: '' })
    const stopped = context.stop({ graceful: false })
    await pass(1000)
    await stopped
    expect(told.receivers).toMatchObject([{ state: 'stopped' }])
    await pass(10_000)
    expect(opened).toHaveLength(1)
    const second = puppets()
    const other = receiverBench(COUNTING, { openReceiver: second.openReceiver })
    await other.start()
    await other.context.stop({ graceful: false })
    expect(other.told.receivers).toMatchObject([
      {
        state: 'stopped',
        lastError: 'Registered unsuccessfully because Driver refused to start receiver 0',
      },
    ])
    expect(second.opened).toMatchObject([{ closed: true }])
  })
})
