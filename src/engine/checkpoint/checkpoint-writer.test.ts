import { expect, test } from 'vitest'
import type { CheckpointStep, CheckpointStore } from './checkpoint-store.ts'
import { CheckpointWriter, type WrittenStep } from './checkpoint-writer.ts'

/** A store whose writes end when a test says so. */
class SlowStore implements CheckpointStore {
  readonly steps: CheckpointStep[] = []
  private readonly pending: { readonly resolve: () => void; readonly reject: (error: Error) => void }[] = []

  async read(): Promise<ReadonlyMap<string, string>> {
    return new Map()
  }

  write(step: CheckpointStep): Promise<void> {
    this.steps.push(step)
    return new Promise((resolve, reject) => this.pending.push({ resolve, reject }))
  }

  async clear(): Promise<void> {}

  async end(error?: Error): Promise<void> {
    const next = this.pending.shift()
    if (error === undefined) next?.resolve()
    else next?.reject(error)
    for (let turn = 0; turn < 10; turn++) await undefined
  }
}

function start() {
  const store = new SlowStore()
  const written: WrittenStep[] = []
  let nowMs = 0
  const writer = new CheckpointWriter(
    store,
    () => nowMs,
    (step) => written.push(step),
  )
  const write = (name: string, text: string, remove: string[] = []) => writer.write(new Map([[name, text]]), remove)
  return { store, written, write, pass: (ms: number) => (nowMs += ms) }
}

test('writes one step at a time, and all that waits as one', async () => {
  const { store, write } = start()
  const done: string[] = []
  void write('a', '1').then(() => done.push('first'))
  void write('a', '2').then(() => done.push('second'))
  void write('b', '3').then(() => done.push('third'))
  void write('a', '4').then(() => done.push('fourth'))
  expect(store.steps.map(({ put }) => [...put])).toEqual([[['a', '1']]])
  await store.end()
  expect(done).toEqual(['first'])
  expect(store.steps.slice(1).map(({ put }) => Object.fromEntries(put))).toEqual([{ a: '4', b: '3' }])
  await store.end()
  expect(done).toEqual(['first', 'second', 'third', 'fourth'])
})

test('keeps the order of writing and removing', async () => {
  const { store, write } = start()
  void write('x', '0')
  void write('a', '1')
  void write('b', '2', ['a'])
  void write('c', '3', ['d'])
  void write('d', '4')
  await store.end()
  const [, step] = store.steps
  expect(Object.fromEntries(step?.put ?? [])).toEqual({ b: '2', c: '3', d: '4' })
  expect(step?.remove).toEqual(['a'])
})

test('tells of a failure all who wait for it, and writes on', async () => {
  const { store, write, written } = start()
  const first = expect(write('a', '1')).rejects.toThrow('full')
  await store.end(new Error('full'))
  await first
  const both = [expect(write('a', '2')).resolves.toBeUndefined()]
  await store.end()
  await Promise.all(both)
  expect(written).toHaveLength(1)
})

test('says how much it wrote and how long that took', async () => {
  const { store, write, written, pass } = start()
  void write('name', 'text')
  pass(12)
  await store.end()
  expect(written).toEqual([{ bytes: 8, durationMs: 12 }])
})
