import { expect, test } from 'vitest'
import type { CheckpointStep, CheckpointStore } from './checkpoint-store.ts'
import { CheckpointWriter, type WrittenStep } from './checkpoint-writer.ts'
import { openEntry, sealEntry } from './seal.ts'

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
  const write = (name: string, text: string, remove: string[] = []) =>
    writer.write({ put: new Map([[name, text]]), remove })
  const note = (metadata: string, remove: string[] = []) => writer.write({ metadata, remove })
  return { store, writer, written, write, note, pass: (ms: number) => (nowMs += ms) }
}

/** What a step puts, opened. */
function bodies({ put }: CheckpointStep): Record<string, string> {
  return Object.fromEntries(
    [...put].map(([name, text]) => {
      const body = openEntry(name, text)
      if (!body.ok) throw new Error(`${name} cannot be opened`)
      return [name, body.value]
    }),
  )
}

test('writes one step at a time, and all that waits as one', async () => {
  const { store, write } = start()
  const done: string[] = []
  void write('a', '1').then(() => done.push('first'))
  void write('a', '2').then(() => done.push('second'))
  void write('b', '3').then(() => done.push('third'))
  void write('a', '4').then(() => done.push('fourth'))
  expect(store.steps.map(bodies)).toEqual([{ a: '1' }])
  await store.end()
  expect(done).toEqual(['first'])
  expect(store.steps.slice(1).map(bodies)).toEqual([{ a: '4', b: '3' }])
  await store.end()
  expect(done).toEqual(['first', 'second', 'third', 'fourth'])
})

test('puts what was written again, however often it was removed before', async () => {
  const { store, write } = start()
  void write('x', '0')
  void write('a', '1')
  void write('b', '2', ['a'])
  void write('c', '3', ['d'])
  void write('d', '4')
  await store.end()
  const [, step] = store.steps
  expect(step === undefined ? undefined : bodies(step)).toEqual({ b: '2', c: '3', d: '4' })
})

test('takes turns with metadata, and removes what neither of the two that are stored can name', async () => {
  const { store, note, write } = start()
  for (const step of [() => note('1'), () => note('2', ['a']), () => write('x', '0', ['b']), () => note('3')]) {
    void step()
    await store.end()
  }
  expect(store.steps.map((step) => [bodies(step), step.remove])).toEqual([
    [{ 'metadata/0': '1' }, []],
    [{ 'metadata/1': '2' }, []],
    [{ x: '0' }, []],
    [{ 'metadata/0': '3' }, ['a']],
  ])
  void note('4')
  await store.end()
  expect(store.steps.at(-1)?.remove).toEqual(['b'])
})

test('replaces the older metadata, also when a write has failed or another run goes on', async () => {
  const { store, writer, note } = start()
  void note('1')
  await store.end()
  const failed = expect(note('2', ['a'])).rejects.toThrow('full')
  await store.end(new Error('full'))
  await failed
  for (const metadata of ['3', '4']) {
    void note(metadata)
    await store.end()
  }
  expect(store.steps.slice(1).map((step) => [...step.put.keys(), ...step.remove])).toEqual([
    ['metadata/1'],
    ['metadata/1'],
    ['metadata/0', 'a'],
  ])
  writer.resume(1)
  void note('5')
  await store.end()
  expect([...(store.steps.at(-1)?.put.keys() ?? [])]).toEqual(['metadata/0'])
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
  expect(written).toEqual([{ bytes: 'name'.length + sealEntry('name', 'text').length, durationMs: 12 }])
})
