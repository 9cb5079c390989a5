import { describe, expect, test } from 'vitest'
import { findInlineScripts, hashSource, pagePolicy, printSandboxDocument, sandboxPolicy } from './sandbox-policy.ts'

const HASH = hashSource('broker()')

describe('policies', () => {
  test('neither lets text become code, and only styles may be inline', () => {
    for (const policy of [sandboxPolicy(HASH), pagePolicy(HASH)]) {
      expect(policy).not.toMatch(/unsafe-eval|strict-dynamic|nonce-|\*/)
      expect(policy.match(/script-src [^;]*/)?.[0]).not.toMatch(/unsafe-inline|data:|https?:/)
    }
  })

  test('both name the broker by its hash', () => {
    expect(sandboxPolicy(HASH)).toContain(`script-src ${HASH} blob:;`)
    expect(pagePolicy(HASH)).toContain(`script-src 'self' ${HASH} blob:;`)
  })

  test('the development server gets its inline scripts by hash and its socket, no more', () => {
    const policy = pagePolicy(HASH, { inlineScripts: ['preamble()'] })
    expect(policy).toContain(`script-src 'self' ${HASH} blob: ${hashSource('preamble()')};`)
    expect(policy).toContain("connect-src 'self' ws:;")
    expect(policy.replace(` ${hashSource('preamble()')}`, '').replace(' ws:', '')).toBe(pagePolicy(HASH))
  })
})

describe('printSandboxDocument', () => {
  test('puts the policy first and hashes the very text of the script', () => {
    const html = printSandboxDocument('broker()')
    expect(html).toMatch(
      /^<!doctype html><html><head><meta http-equiv="Content-Security-Policy" content="default-src 'none'/,
    )
    const [script = ''] = findInlineScripts(html)
    expect(html).toContain(`script-src ${hashSource(script)} blob:`)
  })

  test.each(['"</SCRIPT>"', '"<!--"', 'a\r\nb'])(
    'refuses a broker that the parser would read otherwise: %j',
    (broker) => {
      expect(() => printSandboxDocument(broker)).toThrow('must not contain')
    },
  )
})

test('findInlineScripts finds the scripts that have no address', () => {
  const html =
    '<script type="module">one()</script><script type="module" src="/two.js"></script><SCRIPT>\nthree()\n</SCRIPT>'
  expect(findInlineScripts(html)).toEqual(['one()', '\nthree()\n'])
})
