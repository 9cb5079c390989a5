// Reads a build as a browser would and says what of the two policies does not hold. Run: node scripts/check-csp.mjs [folder]
// It shares no code with the plugin that writes the policies, so that one mistake cannot be in both.

import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parse } from 'acorn'
import { simple } from 'acorn-walk'

const META = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/
const INLINE = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/gi

/** What an iframe's `sandbox` may say. */
const SANDBOX_TOKEN =
  /^allow-(downloads|forms|modals|orientation-lock|pointer-lock|popups|presentation|same-origin|scripts|storage-access|top-navigation)(-[a-z-]+)?$/

/** What the page may be allowed beside the broker's hash, and no more. @type {Record<string, string[]>} */
const PAGE = {
  'default-src': ["'self'"],
  'script-src': ["'self'", 'blob:'],
  'worker-src': ["'self'", 'blob:'],
  'connect-src': ["'self'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:', 'blob:'],
  'frame-src': ["'none'"],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
}

/** Likewise for the sandboxed document. @type {Record<string, string[]>} */
const SANDBOX = {
  'default-src': ["'none'"],
  'script-src': ['blob:'],
  'worker-src': ['blob:'],
  'connect-src': ["'none'"],
  'img-src': ["'none'"],
  'style-src': ["'none'"],
  'font-src': ["'none'"],
  'media-src': ["'none'"],
  'object-src': ["'none'"],
  'frame-src': ["'none'"],
  'manifest-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
}

/** @param {string} text */
const hashOf = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** A browser reads an attribute so. @param {string} text */
const decodeQuotes = (text) => text.replaceAll(/&(#39|#x27|apos);/gi, "'")

/** @param {string} policy @returns {Map<string, string[]>} */
function parsePolicy(policy) {
  const directives = decodeQuotes(policy)
    .split(';')
    .map((directive) => directive.trim().split(/\s+/))
  return new Map(directives.map(([name = '', ...sources]) => [name, sources]))
}

/**
 * @param {string} where @param {string} policy @param {Record<string, string[]>} allowed
 * @param {string | undefined} hash of the broker, which script-src must name
 * @returns {string[]}
 */
function comparePolicy(where, policy, allowed, hash) {
  const found = parsePolicy(policy)
  const problems = []
  for (const [name, sources] of Object.entries(allowed)) {
    const expected = name === 'script-src' && hash ? [...sources, hash] : sources
    const given = found.get(name)
    if (!given) problems.push(`${where}: ${name} is missing`)
    const extra = given?.filter((source) => !expected.includes(source)) ?? []
    const lost = given ? expected.filter((source) => !given.includes(source)) : []
    if (extra.length > 0) problems.push(`${where}: ${name} allows ${extra.join(' ')}`)
    if (lost.some((source) => source === hash)) problems.push(`${where}: ${name} does not name the hash of the broker`)
  }
  for (const name of found.keys()) if (!(name in allowed)) problems.push(`${where}: ${name} is not expected`)
  return problems
}

/** All string literals of a script, as a browser would see their values. @param {string} code @returns {string[]} */
function findStrings(code) {
  /** @type {string[]} */
  const strings = []
  simple(parse(code, { ecmaVersion: 'latest', sourceType: 'module' }), {
    Literal: ({ value }) => void (typeof value === 'string' && strings.push(value)),
    TemplateElement: ({ value }) => void strings.push(value.cooked ?? value.raw),
  })
  return strings
}

/** Judges the sandboxed document in the strings of the build; gives the broker's hash. @param {string[]} strings */
function checkSandbox(strings) {
  const documents = strings.filter((text) => text.startsWith('<!doctype html>') && META.test(text))
  const [document] = documents
  if (document === undefined || documents.some((other) => other !== document)) {
    return { problems: [`the build holds ${documents.length} sandbox documents instead of one`], hash: undefined }
  }
  const [broker = '', ...others] = [...document.matchAll(INLINE)].map((match) => match[1] ?? '')
  const hash = hashOf(broker)
  const problems = comparePolicy('sandbox', META.exec(document)?.[1] ?? '', SANDBOX, hash)
  if (others.length > 0) problems.push('sandbox: more than one script')
  if (!document.startsWith('<!doctype html><html><head><meta http-equiv="Content-Security-Policy"')) {
    problems.push('sandbox: the policy is not the first element of head')
  }
  return { problems, hash }
}

/**
 * What is wrong with the policies in a built folder; empty when they hold. Fails when there is no index.html.
 * @param {string} folder
 * @returns {Promise<string[]>}
 */
export async function checkPolicy(folder) {
  const html = await readFile(join(folder, 'index.html'), 'utf8')
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.js'))
  const codes = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')))
  const strings = codes.flatMap(findStrings)
  const { problems, hash } = checkSandbox(strings)

  const policy = META.exec(html)
  if (!policy) problems.push('page: there is no policy')
  else {
    problems.push(...comparePolicy('page', policy[1] ?? '', PAGE, hash))
    if (/<(script|link|style|img)/i.test(html.slice(0, policy.index)))
      problems.push('page: something comes before the policy')
  }
  if ([...html.matchAll(INLINE)].length > 0) problems.push('page: there is an inline script')
  if (/\son[a-z]+\s*=/i.test(html)) problems.push('page: there is an inline handler')
  const tokens = strings.filter((text) => text.split(' ').every((token) => SANDBOX_TOKEN.test(token)))
  if (!tokens.includes('allow-scripts')) problems.push('sandbox: no attribute that is exactly allow-scripts')
  for (const text of tokens) if (text !== 'allow-scripts') problems.push(`sandbox: the attribute says ${text}`)
  return problems
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const folder = process.argv[2] ?? 'dist'
  const problems = await checkPolicy(folder).catch((error) => [String(error)])
  for (const problem of problems) console.error(problem)
  if (problems.length === 0) console.log(`${folder}: the policies hold`)
  process.exitCode = problems.length === 0 ? 0 : 1
}
