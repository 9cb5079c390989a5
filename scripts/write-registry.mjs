// Writes src/engine/registry.gen.ts: every src/engine/operators/<category>/<name>.ts, imported statically, in one array.
// The file pairs/reduce-by-key.ts must export its operator as `reduceByKey`.
//   --check   writes nothing, exits 1 when the file on disk is stale

import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = join(root, 'src/engine/operators')
const target = join(root, 'src/engine/registry.gen.ts')

/** `<category>/<name>.ts` of every operator, sorted: the order of the list must not depend on the file system. */
function listOperators() {
  if (!existsSync(folder)) return []
  const categories = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return categories
    .flatMap(({ name }) => readdirSync(join(folder, name)).map((file) => `${name}/${file}`))
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .sort()
}

/** `pairs/reduce-by-key.ts` → `reduceByKey`; RDD keeps its capitals, as in Spark's foreachRDD. @param {string} path */
function nameOf(path) {
  const file = path.slice(path.indexOf('/') + 1, -'.ts'.length)
  return file.replace(/-(rdd\b|.)/g, (_, part) => part.toUpperCase())
}

/** @param {readonly string[]} paths */
function printRegistry(paths) {
  const names = paths.map(nameOf)
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice) throw new Error(`Two operators are called ${twice}: rename one of the files.`)
  const imports = paths.map((path, i) => `import { ${names[i]} } from '#engine/operators/${path}'`)
  return `// Written by scripts/write-registry.mjs. Do not edit.
${imports.join('\n')}

export const operators = [${names.join(', ')}] as const
`
}

/** @param {string} source */
function format(source) {
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome')
  const run = spawnSync(process.execPath, [biome, 'format', `--stdin-file-path=${target}`], {
    cwd: root,
    encoding: 'utf8',
    input: source,
  })
  if (run.status !== 0) throw new Error(run.stderr)
  return run.stdout
}

const paths = listOperators()
const fresh = format(printRegistry(paths))
const stale = !existsSync(target) || readFileSync(target, 'utf8') !== fresh

if (!stale) console.log(`Registry: ${paths.length} operators, up to date.`)
else if (process.argv.includes('--check')) {
  console.error('src/engine/registry.gen.ts is stale: run `npm run registry` and commit what it writes.')
  process.exitCode = 1
} else {
  writeFileSync(target, fresh)
  console.log(`Registry: wrote ${paths.length} operators.`)
}
