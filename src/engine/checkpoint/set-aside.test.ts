import { expect, test } from 'vitest'
import { MemoryCheckpointStore } from './memory-checkpoint-store.ts'
import { beginAnew, printRemains } from './set-aside.ts'

async function storeOf(entries: Readonly<Record<string, string>>): Promise<MemoryCheckpointStore> {
  const store = new MemoryCheckpointStore()
  await store.write({ put: new Map(Object.entries(entries)), remove: [] })
  return store
}

const keysOf = async (store: MemoryCheckpointStore): Promise<string[]> => [...(await store.read()).keys()].sort()

test('what cannot be gone on from is set aside, the last of it', async () => {
  const store = await storeOf({ 'metadata/0': 'half', 'state/s/1': 'x', 'damaged/old': 'y' })
  expect(await beginAnew(store)).toBe(true)
  expect(await keysOf(store)).toEqual(['damaged/metadata/0', 'damaged/state/s/1'])
  expect((await store.read()).get('damaged/metadata/0')).toBe('half')
})

test('anything else goes, and what was set aside stays', async () => {
  const store = await storeOf({ 'cli/streams': '[]', 'damaged/old': 'y' })
  expect(await beginAnew(store)).toBe(false)
  expect(await keysOf(store)).toEqual(['damaged/old'])
})

test('what was set aside can be had as one text, under the names it had', async () => {
  const store = await storeOf({ 'metadata/0': 'half', 'state/s/1': 'x' })
  expect(printRemains(await store.read(), 5)).toBeUndefined()
  await beginAnew(store)
  await store.write({ put: new Map([['metadata/0', 'new']]), remove: [] })
  expect(JSON.parse(printRemains(await store.read(), 5) ?? '')).toEqual({
    format: 'sluice-remains',
    version: 1,
    savedAtMs: 5,
    entries: [
      ['metadata/0', 'half'],
      ['state/s/1', 'x'],
    ],
  })
})
