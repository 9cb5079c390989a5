import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRunFile } from './is-run-file.ts'
import { packRun, unpackRun } from './run-file.ts'

const text = `{"format":"sluice-run"}\n${JSON.stringify({ entries: [['metadata/0', 'ä€😀'.repeat(200)]] })}`

describe('a run as a file', () => {
  it('comes back as it was', async () => {
    const packed = await packRun(text)
    expect(packed.size).toBeLessThan(text.length)
    expect(await unpackRun(packed)).toEqual({ ok: true, value: text })
  })

  it('is known by its name or its first bytes', async () => {
    const packed = await packRun(text)
    expect(await isRunFile(new File([packed], 'renamed.json'))).toBe(true)
    expect(await isRunFile(new File(['{}'], 'Counts.SLUICE-RUN'))).toBe(true)
    expect(await isRunFile(new File(['{}'], 'pipeline.json'))).toBe(false)
    expect(await isRunFile(new File([], 'empty'))).toBe(false)
  })

  it('is unpacked no further than a run may be large', async () => {
    const bomb = await packRun(' '.repeat(1024 * 1024))
    expect(bomb.size).toBeLessThan(4096)
    expect((await unpackRun(bomb)).ok).toBe(true)
    const unpacked = await unpackRun(bomb, 1024 * 1024 - 1)
    expect(unpacked.ok ? 'unpacked' : unpacked.error.code).toBe('run-file/too-large')
  })

  it('is never taken for whole when a byte is changed, cut off or added, and says so', async () => {
    const packed = new Uint8Array(await (await packRun(text)).arrayBuffer())
    await fc.assert(
      fc.asyncProperty(fc.nat(packed.length - 1), fc.integer({ min: 1, max: 255 }), fc.nat(2), async (at, by, how) => {
        const changed =
          how === 0 ? Uint8Array.from(packed) : how === 1 ? packed.slice(0, at) : Uint8Array.of(...packed, by)
        if (how === 0) changed[at] = (changed[at] ?? 0) ^ by
        const unpacked = await unpackRun(new Blob([changed]))
        // A gzip's own notes (time, system) may be anything: then the text is the same.
        if (unpacked.ok) expect(unpacked.value).toBe(text)
        else expect(unpacked.error.message).toContain('damaged')
      }),
      { seed: 20_261_122, numRuns: 400 },
    )
  })
})
