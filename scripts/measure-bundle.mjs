// Prints what a build weighs, in kB after gzip, and fails when the page's start weighs more than its budget.
// Run: node scripts/measure-bundle.mjs [folder]

import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { parse } from 'acorn'

/** kB of JavaScript that the page loads before it is drawn. */
const PAGE_BUDGET = 244
/** kB of the driver and of what the sandbox holds, which load beside it. */
const ENGINE_BUDGET = 187

const folder = join(process.argv[2] ?? 'dist', 'assets')
const scripts = readdirSync(folder).filter((name) => name.endsWith('.js'))
const html = readFileSync(join(folder, '../index.html'), 'utf8')
const named = [...html.matchAll(/(?:src|href)="\.\/assets\/([^"]+\.js)"/g)].map(([, name]) => String(name))

/** @param {string} name */
const read = (name) => readFileSync(join(folder, name))
/** @param {string} name */
const weigh = (name) => gzipSync(read(name), { level: 9 }).length / 1000

/** What a module imports statically. @param {string} name */
function importsOf(name) {
  const { body } = parse(read(name).toString(), { ecmaVersion: 'latest', sourceType: 'module' })
  return body.flatMap((node) => {
    const from = 'source' in node ? node.source?.value : undefined
    return typeof from === 'string' ? [basename(from)] : []
  })
}

const start = new Set(named)
for (const name of start) for (const each of importsOf(name)) start.add(each)

/** @param {string} name */
const isEngineEntry = (name) => /^(driver\.worker|sandbox-frame)-/.test(name)
// The driver would have to wait for what it imports statically.
const engine = new Set(scripts.filter(isEngineEntry))
for (const name of engine) for (const each of importsOf(name)) engine.add(each)
/** @param {string} name */
const isEngine = (name) => engine.has(name)
const parts = [
  { title: 'page at its start', budget: PAGE_BUDGET, names: [...start].filter((name) => !isEngine(name)) },
  { title: 'engine beside it', budget: ENGINE_BUDGET, names: scripts.filter(isEngine) },
  {
    title: 'later',
    budget: Number.POSITIVE_INFINITY,
    names: scripts.filter((name) => !start.has(name) && !isEngine(name)),
  },
]

for (const { title, budget, names } of parts) {
  const sizes = names.map((name) => ({ name, kb: weigh(name) })).sort((a, b) => b.kb - a.kb)
  const total = sizes.reduce((sum, { kb }) => sum + kb, 0)
  const limit = Number.isFinite(budget) ? ` of ${budget}` : ''
  console.log(`${total.toFixed(1).padStart(7)}${limit} kB  ${title}`)
  for (const { name, kb } of sizes) console.log(`${kb.toFixed(1).padStart(10)}  ${name}`)
  if (total <= budget) continue
  console.error(`The ${title} weighs more than its budget: load later what its first second does not need.`)
  process.exitCode = 1
}
