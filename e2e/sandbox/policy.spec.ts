import { execFile } from 'node:child_process'
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkPolicy } from '#scripts/check-csp.mjs'
import { buildHarness } from './lab.ts'

const run = promisify(execFile)
const CHECK = fileURLToPath(new URL('../../scripts/check-csp.mjs', import.meta.url))

let folder: string

beforeAll(async () => {
  folder = await buildHarness()
})
afterAll(() => rm(folder, { recursive: true }))

/** What the check finds wrong in a copy of the build in which `from` is replaced by `to` everywhere. */
async function findIn(from: string | RegExp, to: string): Promise<string[]> {
  const copy = await mkdtemp(join(tmpdir(), 'sluice-spoilt-'))
  try {
    await cp(folder, copy, { recursive: true })
    let changes = 0
    for (const name of await readdir(copy, { recursive: true })) {
      if (!/\.(html|js)$/.test(name)) continue
      const text = await readFile(join(copy, name), 'utf8')
      const spoilt = text.replace(from, to)
      if (spoilt !== text) changes += 1
      await writeFile(join(copy, name), spoilt)
    }
    expect(changes).toBeGreaterThan(0)
    return await checkPolicy(copy)
  } finally {
    await rm(copy, { recursive: true })
  }
}

describe('T4: the policies of the built files', () => {
  test('hold, and the command says so', async () => {
    expect(await checkPolicy(folder)).toEqual([])
    const { stdout } = await run(process.execPath, [CHECK, folder])
    expect(stdout).toContain('the policies hold')
  })

  test('a folder without a page fails the command', async () => {
    await expect(run(process.execPath, [CHECK, join(folder, 'assets')])).rejects.toMatchObject({ code: 1 })
  })

  test.each([
    ['unsafe-eval on the page', "worker-src 'self'", "worker-src 'unsafe-eval' 'self'", 'unsafe-eval'],
    ['inline scripts on the page', "script-src 'self'", "script-src 'self' 'unsafe-inline'", 'unsafe-inline'],
    ['a page that may be framed elsewhere', "frame-src 'none'; object-src", 'frame-src *; object-src', 'frame-src'],
    ['http to anywhere', "connect-src 'self'", "connect-src 'self' https:", 'connect-src'],
    ['the sandbox on the network', "connect-src 'none'", 'connect-src *', 'connect-src'],
    ['a broker that is not the hashed one', 'webkitRTCPeerConnection', 'webkitRTCPeerConnectioN', 'hash'],
    ['allow-same-origin', 'allow-scripts', 'allow-scripts allow-same-origin', 'allow-same-origin'],
    ['a sandbox that allows more', 'allow-scripts', 'allow-scripts allow-popups', 'sandbox'],
    ['no policy on the page', /<meta http-equiv="Content-Security-Policy"[^>]*>/, '', 'policy'],
    ['an inline script on the page', '</head>', '<script>alert(1)</script></head>', 'inline script'],
  ])('%s is found', async (_title, from, to, word) => {
    const problems = await findIn(from, to)
    expect(problems.join('\n')).toContain(word)
  })
})
