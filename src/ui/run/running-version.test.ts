import { describe, expect, it } from 'vitest'
import { parsePipeline } from '#engine/model/parse-pipeline.ts'
import type { Pipeline } from '#engine/model/pipeline.ts'
import { runsAlike } from './running-version.ts'

function read(change: { fn?: string; x?: number; name?: string; batchMs?: number }): Pipeline {
  const parsed = parsePipeline({
    format: 'sluice/1',
    name: change.name ?? 'One',
    settings: { batchMs: change.batchMs ?? 1000, master: 'local[2]' },
    nodes: [
      { id: 'lines', op: 'manualStream', at: [change.x ?? 0, 0] },
      { id: 'words', op: 'map', params: { fn: change.fn ?? 'x => x' }, at: [100, 0] },
    ],
    edges: [{ from: 'lines', to: 'words' }],
  })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  return parsed.value
}

describe('runsAlike', () => {
  it('does not mind where things stand and what the pipeline is called', () => {
    expect(runsAlike(read({}), read({ x: 300, name: 'Two' }))).toBe(true)
  })

  it('sees a change of code, of settings and of what is switched on', () => {
    expect(runsAlike(read({}), read({ fn: 'x => x + 1' }))).toBe(false)
    expect(runsAlike(read({}), read({ batchMs: 500 }))).toBe(false)
    const off = read({})
    const nodes = off.nodes.map((node) => ({ ...node, disabled: true }))
    expect(runsAlike(read({}), { ...off, nodes })).toBe(false)
    expect(runsAlike(read({}), { ...off, edges: [] })).toBe(false)
  })
})
