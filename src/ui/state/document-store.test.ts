import { describe, expect, it } from 'vitest'
import { parsePipeline } from '#engine/model/parse-pipeline.ts'
import type { Pipeline } from '#engine/model/pipeline.ts'
import { createDocumentStore } from './document-store.ts'

function pipelineNamed(name: string): Pipeline {
  const parsed = parsePipeline({
    format: 'sluice/1',
    name,
    settings: { batchMs: 1000, master: 'local[2]' },
    nodes: [{ id: 'words', op: 'flatMap', params: { fn: 'line => [line]' }, at: [0, 0] }],
    edges: [],
  })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  return parsed.value
}

const openNamed = (name: string) => createDocumentStore({ id: 'd1', pipeline: pipelineNamed(name), origin: 'own' })

describe('document store', () => {
  it('edits, and takes edits back and forth', () => {
    const store = openNamed('First')
    expect(store.getState().edit({ kind: 'setName', name: 'Second' }).ok).toBe(true)
    expect(store.getState().pipeline.name).toBe('Second')
    store.getState().undo()
    expect(store.getState().pipeline.name).toBe('First')
    store.getState().undo()
    store.getState().redo()
    expect(store.getState().pipeline.name).toBe('Second')
    expect(store.getState().checked.pipeline).toBe(store.getState().pipeline)
  })

  it('makes a burst of typing one step, until it is sealed', () => {
    const store = openNamed('')
    for (const name of ['W', 'Wo', 'Wor']) store.getState().edit({ kind: 'setName', name }, { coalesce: 'name' })
    expect(store.getState().history.done).toHaveLength(1)
    store.getState().seal()
    store.getState().edit({ kind: 'setName', name: 'Word' }, { coalesce: 'name' })
    expect(store.getState().history.done).toHaveLength(2)
    store.getState().undo()
    expect(store.getState().pipeline.name).toBe('Wor')
  })

  it('refuses what would break the document, and changes nothing', () => {
    const store = openNamed('First')
    const before = store.getState()
    const refused = store.getState().edit({ kind: 'addEdges', edges: [{ from: 'words', to: 'nowhere' }] })
    expect(refused.ok).toBe(false)
    expect(store.getState()).toBe(before)
  })

  it('replaces a whole pipeline as one step that can be undone', () => {
    const store = openNamed('First')
    store.getState().replace(pipelineNamed('Other'), 'Restore a version')
    expect(store.getState().history.done.at(-1)?.label).toBe('Restore a version')
    store.getState().undo()
    expect(store.getState().pipeline.name).toBe('First')
  })

  it('changes nothing while another tab owns it, but shows what that one does', () => {
    const store = openNamed('First')
    store.getState().edit({ kind: 'setName', name: 'Second' })
    store.getState().lock({ code: 'document/followed', severity: 'error', message: 'elsewhere' })
    const refused = store.getState().edit({ kind: 'setName', name: 'Mine' })
    store.getState().undo()
    store.getState().replace(pipelineNamed('Other'))
    expect(refused.ok ? [] : refused.error.map(({ code }) => code)).toEqual(['document/followed'])
    expect(store.getState().pipeline.name).toBe('Second')
    store.getState().show(pipelineNamed('Theirs'))
    expect(store.getState().pipeline.name).toBe('Theirs')
    store.getState().lock(undefined)
    store.getState().undo()
    expect(store.getState().pipeline.name).toBe('Theirs')
    store.getState().lock({ code: 'document/followed', severity: 'error', message: 'elsewhere' })
    store.getState().open({ id: 'd2', pipeline: pipelineNamed('Third'), origin: 'own' })
    expect(store.getState().edit({ kind: 'setName', name: 'Fourth' }).ok).toBe(true)
  })

  it('begins history anew with another document', () => {
    const store = openNamed('First')
    store.getState().edit({ kind: 'setName', name: 'Second' })
    store.getState().open({ id: 'd2', pipeline: pipelineNamed('Third'), origin: 'link' })
    store.getState().undo()
    expect(store.getState().pipeline.name).toBe('Third')
    expect(store.getState().origin).toBe('link')
    store.getState().adopt()
    expect(store.getState().origin).toBe('own')
  })
})
