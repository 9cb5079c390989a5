// What checkpoints cost where users are: in Chromium, driver and executors as they are built, IndexedDB on the disk. What blocks a worker is timed where
// it happens. Run: npm run bench:checkpoint-browser [-- keys … operators … loads …]. Writes its tables in BENCHMARKS.md and bench-results/checkpoint.json.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { serveApp } from '#e2e/app/app-server.ts'
import { PROJECT } from '#e2e/app/built-app.ts'
import { type Measured, measure } from './checkpoint/measure.ts'
import { judge, printCosts, replaceCosts } from './checkpoint/print-costs.ts'
import type { Scene } from './checkpoint/scenes.ts'
import { buildTimed } from './checkpoint/timed-build.ts'
import { printMachine } from './engine/print-results.ts'

const LOOK_MS = 6000
const all = [100_000, 1_000_000]
const operators = ['updateStateByKey', 'mapWithState'] as const
const loads = ['words', 'pairs'] as const
const choices: readonly (readonly string[])[] = [operators, loads]
const words = process.argv.slice(2)
const only = words.map(Number).filter(Number.isFinite)
const isWanted = ({ operator, load }: Scene): boolean =>
  [operator, load].every((word, at) => words.includes(word) || !words.some((each) => choices[at]?.includes(each)))
const scenes = (only.length === 0 ? all : only)
  .flatMap((keys) => loads.flatMap((load) => operators.map((operator): Scene => ({ operator, keys, load }))))
  .filter(isWanted)

const load = loadavg().map((each) => Math.round(each * 100) / 100)
const built = await buildTimed()
const server = await serveApp(built.folder)
const measured: Measured[] = []
try {
  for (const scene of scenes) {
    const began = performance.now()
    // A browser that dies over it, or a machine that stands still, is tried once more.
    const result = await measure(server.url, scene, LOOK_MS).catch((error: unknown) => {
      console.log(`${JSON.stringify(scene)} once more: ${String(error)}`)
      return measure(server.url, scene, LOOK_MS)
    })
    measured.push(result)
    console.log(`${printCosts([result], judge([result]))}\n\n${((performance.now() - began) / 1000).toFixed(0)} s\n`)
  }
} finally {
  await server.close()
  await built.remove()
}

const verdicts = judge(measured)
const machine = {
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: availableParallelism(),
  browser: measured[0]?.browser ?? 'unknown',
  node: process.version,
  load,
  date: new Date().toISOString().slice(0, 10),
}
const text = [printMachine(machine), printCosts(measured, verdicts)].join('\n\n')
console.log(text)
if (words.length === 0) {
  const path = join(PROJECT, 'BENCHMARKS.md')
  await writeFile(path, replaceCosts(await readFile(path, 'utf8'), text))
}
await mkdir(join(PROJECT, 'bench-results'), { recursive: true })
await writeFile(
  join(PROJECT, 'bench-results/checkpoint.json'),
  `${JSON.stringify({ machine, measured, verdicts }, null, 1)}\n`,
)
process.exitCode = verdicts.some(({ word }) => word === 'guard broken') ? 1 : 0
