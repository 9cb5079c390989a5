import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_DOCUMENT_BYTES } from '#engine/model/limits.ts'
import { isShareHash, MAX_LINK_CHARACTERS, parseShareHash, printShareHash } from './share-link.ts'

async function hashOf(text: string): Promise<string> {
  const printed = await printShareHash(text)
  if (!printed.ok) throw new Error(printed.error.message)
  return printed.value
}

async function refusal(hash: string): Promise<string> {
  const parsed = await parseShareHash(hash)
  return parsed.ok ? 'none' : parsed.error.code
}

describe('share link', () => {
  it('gives every text back', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 500 }), async (text) => {
        const hash = await hashOf(text)
        expect(hash).toMatch(/^#p=1\.[\w-]*$/)
        expect(await parseShareHash(hash)).toEqual({ ok: true, value: text })
      }),
      { numRuns: 50 },
    )
  })

  it('knows its own hashes from others', () => {
    expect(isShareHash('#p=1.abc')).toBe(true)
    expect(isShareHash('#p=9.abc')).toBe(true)
    expect(isShareHash('#settings')).toBe(false)
  })

  it('refuses a link of another version, and says which', async () => {
    expect(await refusal('#p=2.AAAA')).toBe('link/unknown-version')
    const parsed = await parseShareHash('#p=2.AAAA')
    expect(parsed.ok ? '' : parsed.error.message).toContain('(2)')
  })

  it('refuses a link that lost its end, or that was changed', async () => {
    const hash = await hashOf('{"format":"sluice/1","name":"A pipeline that is long enough to be cut"}')
    expect(await refusal(hash.slice(0, -8))).toBe('link/damaged')
    expect(await refusal(`${hash.slice(0, 8)}!${hash.slice(9)}`)).toBe('link/damaged')
    expect(await refusal('#p=1.____')).toBe('link/damaged')
    expect(await refusal(`#p=1.${'A'.repeat(MAX_LINK_CHARACTERS)}`)).toBe('link/too-long')
  })

  it('refuses bytes that are not text', async () => {
    // A stored deflate block that holds the single byte 0xff.
    expect(await refusal('#p=1.AQEA_v__')).toBe('link/damaged')
  })

  it('stops unpacking at the size of a document, however much more there is', async () => {
    const bomb = await hashOf(' '.repeat(MAX_DOCUMENT_BYTES * 4))
    expect(bomb.length).toBeLessThan(MAX_LINK_CHARACTERS)
    expect(await refusal(bomb)).toBe('link/too-large')
    expect(await refusal(await hashOf(' '.repeat(MAX_DOCUMENT_BYTES)))).toBe('none')
  })

  it('says when a pipeline is too large for a link', async () => {
    const noise = Array.from({ length: 20_000 }, (_, index) => ((index * 2_654_435_761) >>> 0).toString(36)).join('')
    const printed = await printShareHash(noise)
    expect(printed.ok ? '' : printed.error.code).toBe('link/too-long')
  })
})
