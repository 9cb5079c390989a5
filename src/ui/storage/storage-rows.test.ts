import { expect, it } from 'vitest'
import { createMemoryLibrary } from '#ui/files/memory-library.ts'
import { listStorageRows, totalOf } from './storage-rows.ts'

it('joins documents with what the driver has of them, and shows what is left of deleted ones', async () => {
  const library = createMemoryLibrary()
  const document = { origin: 'own', edited: true, openedAtMs: 1, savedAtMs: 1 } as const
  await library.saveDocument({ ...document, id: 'a', name: 'A', text: 'x'.repeat(10) })
  await library.saveDocument({ ...document, id: 'b', name: 'B', text: 'x'.repeat(20) })
  await library.addVersion({ documentId: 'a', name: 'A', text: 'x'.repeat(5), savedAtMs: 0 })
  const rows = await listStorageRows(library, [
    { pipelineId: 'a', checkpointBytes: 100, asideBytes: 7, fileBytes: 1000 },
    { pipelineId: 'gone', checkpointBytes: 50, asideBytes: 0, fileBytes: 0 },
    { pipelineId: 'empty', checkpointBytes: 0, asideBytes: 0, fileBytes: 0 },
  ])
  expect(rows).toEqual([
    { id: 'a', name: 'A', draftBytes: 15, checkpointBytes: 100, asideBytes: 7, fileBytes: 1000 },
    { id: 'gone', name: undefined, draftBytes: 0, checkpointBytes: 50, asideBytes: 0, fileBytes: 0 },
    { id: 'b', name: 'B', draftBytes: 20, checkpointBytes: 0, asideBytes: 0, fileBytes: 0 },
  ])
  expect(rows.map(totalOf)).toEqual([1122, 50, 20])
})
