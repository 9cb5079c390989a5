import { describe, expect, it } from 'vitest'
import { parsePipeline } from '#engine/model/parse-pipeline.ts'
import type { Pipeline } from '#engine/model/pipeline.ts'
import { consentHash, needsConsent, unreadNodes } from './consent-hash.ts'

function linked(fn: string, url: string | undefined, more: { name?: string; x?: number } = {}): Pipeline {
  const source =
    url === undefined
      ? { id: 'source', op: 'manualStream', at: [more.x ?? 0, 0] }
      : { id: 'source', op: 'webSocketTextStream', params: { url }, at: [more.x ?? 0, 0] }
  const parsed = parsePipeline({
    format: 'sluice/1',
    name: more.name ?? 'From a link',
    settings: { batchMs: 1000, master: 'local[2]' },
    nodes: [
      source,
      ...(fn === '' ? [] : [{ id: 'change', op: 'map', params: { fn }, at: [100, 0] }]),
      { id: 'out', op: 'print', at: [200, 0] },
    ],
    edges: [],
  })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  return parsed.value
}

describe('consent', () => {
  it('is needed for code and for addresses, not for a pipeline without either', () => {
    expect(needsConsent(linked('x => x', undefined))).toBe(true)
    expect(needsConsent(linked('', 'ws://127.0.0.1:9999'))).toBe(true)
    expect(needsConsent(linked('', undefined))).toBe(false)
  })

  it('holds for the same code and addresses, whatever else changed', async () => {
    const agreed = await consentHash(linked('x => x', 'ws://127.0.0.1:9999'))
    expect(agreed).toMatch(/^[0-9a-f]{64}$/)
    expect(await consentHash(linked('x => x', 'ws://127.0.0.1:9999', { name: 'Other', x: 500 }))).toBe(agreed)
  })

  it('is asked again for other code, and for another address', async () => {
    const agreed = await consentHash(linked('x => x', 'ws://127.0.0.1:9999'))
    expect(await consentHash(linked('x => x + 1', 'ws://127.0.0.1:9999'))).not.toBe(agreed)
    expect(await consentHash(linked('x => x', 'ws://127.0.0.1:9998'))).not.toBe(agreed)
  })

  it('is not slipped past by code that is only broken for now', async () => {
    const broken = (fn: string): Pipeline => {
      const whole = linked('x => x', undefined)
      const nodes = whole.nodes.map((node) => (node.id === 'change' ? { ...node, params: { fn, unknown: 1 } } : node))
      return { ...whole, nodes: [...nodes, { id: 'odd', op: 'noSuchOperator', params: { fn }, at: [0, 0] as const }] }
    }
    expect(needsConsent({ ...broken('x => x'), edges: [] })).toBe(true)
    expect(unreadNodes(broken('x => x')).map((each) => each.node)).toContain('odd')
    expect(await consentHash(broken('x => x'))).not.toBe(await consentHash(broken('x => x + 1')))
  })
})
