import { PassThrough, Writable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { LineWriter } from './line-writer.ts'

describe('a line writer', () => {
  it('writes one JSON text a line', async () => {
    const stream = new PassThrough()
    const writer = new LineWriter(stream)
    writer.write({ type: 'stopped', graceful: true })
    writer.write('two\nlines')
    await writer.flush()
    expect(String(stream.read())).toBe('{"type":"stopped","graceful":true}\n"two\\nlines"\n')
  })

  it('is full until a slow reader has caught up', async () => {
    const taken: (() => void)[] = []
    const stream = new Writable({ highWaterMark: 4, write: (_chunk, _encoding, done) => void taken.push(done) })
    const writer = new LineWriter(stream)
    expect(writer.full()).toBeUndefined()
    writer.write('long enough')
    const full = writer.full()
    expect(full).toBeDefined()
    taken[0]?.()
    await full
    expect(writer.full()).toBeUndefined()
  })

  it('says nothing of a reader that went away, and drops the rest', async () => {
    const gone = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })
    const stream = new Writable({ highWaterMark: 1, write: (_chunk, _encoding, done) => done(gone) })
    const writer = new LineWriter(stream)
    writer.write('a')
    expect(await writer.closed).toBeUndefined()
    writer.write('b')
    await writer.full()
    await writer.flush()
  })

  it('tells any other error', async () => {
    const stream = new Writable({ write: (_chunk, _encoding, done) => done(new Error('the disk is full')) })
    const writer = new LineWriter(stream)
    writer.write('a')
    expect(await writer.closed).toEqual(new Error('the disk is full'))
  })
})
