// Proves that the layer table of biome.jsonc bites. A scratch copy gets one file per folder × target × kind of import, the
// linter runs once over all of them, and its verdict on each must be the one that the table below expects. The table is
// written out here a second time on purpose: a slip in the linter's patterns must not carry over into what is expected.

import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

const vocabulary = ['#engine/model/x.ts', '#engine/record/x.ts', '#engine/operator/x.ts']
const seenByScreen = [...vocabulary, '#engine/registry.ts', '#engine/compile/x.ts']
const seenByOperators = [...vocabulary, '#engine/compile/x.ts', '#engine/runtime/x.ts', '#engine/checkpoint/x.ts']
const engine = [...seenByOperators, '#engine/registry.ts']
const operators = ['#engine/operators/pairs/x.ts', '#engine/operators/windows/x.ts']
const protocol = ['#protocol/x.ts']
const workers = ['#workers/x.ts', '#workers/page/x.ts']
const cli = ['#cli/x.ts']
const ui = ['#ui/canvas/x.ts', '#ui/state/x.ts']
const outside = ['#e2e/x.ts', '#scripts/x.mjs']
const node = ['node:fs', 'node:fs/promises']
const parsers = ['valibot', 'acorn', 'acorn-walk']
const packages = ['react', 'react/jsx-runtime', 'comlink', 'idb', 'zustand', '@xyflow/react/dist/style.css']
const testing = ['vitest', 'fast-check']
const here = ['./x.ts']
const never = ['../x.ts', './../x.ts', './deeper/x.ts', '/src/engine/model/x.ts']

const targets = [
  ...[engine, operators, protocol, workers, cli, ui, outside].flat(),
  ...[node, parsers, packages, testing, here, never].flat(),
]

const npm = [...parsers, ...packages, ...testing]
const ours = targets.filter((target) => target.startsWith('#'))
const pureEngine = [...engine, ...parsers, ...here]
const wire = [...protocol, ...vocabulary, 'valibot', ...here]
const screen = [...ui, ...protocol, ...seenByScreen, ...npm, ...here]
const thread = [...workers, ...protocol, ...engine, ...operators, ...npm, ...here]
const anything = [...ours, ...node, ...npm, ...here]

/** File that imports → what it may import. @type {Record<string, readonly string[]>} */
const expected = {
  'src/engine/x.ts': pureEngine,
  'src/engine/model/x.ts': pureEngine,
  'src/engine/record/x.ts': pureEngine,
  'src/engine/operator/x.ts': pureEngine,
  'src/engine/compile/x.ts': pureEngine,
  'src/engine/runtime/x.ts': pureEngine,
  'src/engine/checkpoint/x.ts': pureEngine,
  'src/engine/operators/pairs/x.ts': [...seenByOperators, ...parsers],
  'src/engine/operators/windows/x.ts': [...seenByOperators, ...parsers],
  'src/engine/operators/pairs/x.test.ts': [...pureEngine, ...operators, ...testing, ...node],
  'src/engine/runtime/x.test.ts': [...pureEngine, ...operators, ...testing, ...node],
  'src/protocol/x.ts': wire,
  'src/protocol/x.test.ts': [...wire, ...testing, ...node],
  'src/workers/driver.worker.ts': thread,
  'src/workers/page/x.ts': thread,
  'src/workers/x.test.ts': anything,
  'src/cli/x.ts': [...cli, ...protocol, ...engine, ...operators, ...node, ...npm, ...here],
  'src/cli/x.test.ts': anything,
  'src/ui/x.ts': screen,
  'src/ui/canvas/X.tsx': screen,
  'src/ui/state/x.ts': screen,
  'src/ui/main.tsx': [...screen, ...workers],
  'src/ui/canvas/x.test.ts': anything,
  'src/ui/canvas/x.spec.ts': anything,
  'e2e/x.spec.ts': [...anything, './deeper/x.ts'],
  'scripts/x.ts': [...anything, './deeper/x.ts'],
}

/** @type {readonly ((target: string) => string)[]} */
const kinds = [
  (target) => `import { a } from '${target}'`,
  (target) => `import type { a } from '${target}'`,
  (target) => `export { a } from '${target}'`,
  (target) => `await import('${target}')`,
]

/** @param {string} scratch */
function findForbidden(scratch) {
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome')
  const flags = ['--only=style/noRestrictedImports', '--vcs-enabled=false', '--max-diagnostics=none', '--reporter=json']
  const run = spawnSync(process.execPath, [biome, 'lint', ...flags], { cwd: scratch, encoding: 'utf8' })
  if (!run.stdout.startsWith('{')) throw new Error(`The linter did not run.\n${run.stderr}`)
  /** @type {{ diagnostics: { location: { path: string, start: { line: number } } }[] }} */
  const { diagnostics } = JSON.parse(run.stdout)
  return new Set(diagnostics.map(({ location }) => `${location.path}:${location.start.line}`))
}

const scratch = mkdtempSync(join(tmpdir(), 'sluice-layers-'))
try {
  mkdirSync(join(scratch, 'scripts'))
  for (const file of ['biome.jsonc', 'scripts/pure-engine.grit']) copyFileSync(join(root, file), join(scratch, file))
  // Line 1 + i × kinds + j of every file is target i imported by kind j.
  const lines = targets.flatMap((target) => kinds.map((kind) => kind(target)))
  for (const file of Object.keys(expected)) {
    mkdirSync(dirname(join(scratch, file)), { recursive: true })
    writeFileSync(join(scratch, file), lines.join('\n'))
  }

  const forbidden = findForbidden(scratch)
  const wrong = Object.entries(expected).flatMap(([file, allowed]) =>
    lines.flatMap((line, i) => {
      const may = allowed.includes(targets[Math.floor(i / kinds.length)] ?? '')
      const passed = !forbidden.has(`${file}:${i + 1}`)
      return may === passed ? [] : [`${file}: ${line}   should be ${may ? 'allowed' : 'forbidden'} and is not`]
    }),
  )
  for (const line of wrong) console.error(line)
  const edges = Object.keys(expected).length * targets.length
  console.log(`Layers: ${edges} edges, each imported in ${kinds.length} ways, ${wrong.length} wrong.`)
  process.exitCode = wrong.length === 0 ? 0 : 1
} finally {
  rmSync(scratch, { recursive: true })
}
