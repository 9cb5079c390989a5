import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { printDiagnostic } from '#engine/model/diagnostic.ts'
import { MAX_RUN_BYTES } from '#engine/model/limits.ts'
import { exportRun, openRunFile } from './run-file.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-run-file-'))
})
afterEach(() => rm(folder, { recursive: true }))

const said = async (bytes: Uint8Array): Promise<string> => {
  const path = join(folder, 'run.sluice-run')
  await writeFile(path, bytes)
  const opened = await openRunFile(path)
  return opened.ok ? 'opened' : opened.error.map(printDiagnostic).join()
}

describe('a run file', () => {
  it.each([
    ['a document', Buffer.from('{"format":"sluice/1"}'), 'no run that Sluice has saved'],
    ['half a gzip', gzipSync('{"format":"sluice-run"}').subarray(0, 20), 'damaged'],
    ['a gzip of something else', gzipSync('{"format":"other"}\n'), 'no run that Sluice has saved'],
    ['no text', gzipSync(Buffer.of(0xff, 0xfe, 0xfd)), 'damaged'],
    ['a bomb', gzipSync(Buffer.alloc(MAX_RUN_BYTES + 1)), 'more than 128 MiB'],
  ])('says what is wrong with %s', async (_what, bytes, message) => {
    expect(await said(bytes)).toContain(message)
  })

  it('says that it is not there', async () => {
    const opened = await openRunFile(join(folder, 'none'))
    expect(opened.ok || opened.error.map(printDiagnostic).join()).toContain('does not exist')
  })

  it('is not made of a directory without a run', async () => {
    const exported = await exportRun(folder, join(folder, 'run.sluice-run'))
    expect(exported.ok || exported.error.map(printDiagnostic).join()).toContain('holds no checkpoint')
  })
})
