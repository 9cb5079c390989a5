// The engine against a hand-written loop and RxJS, where users are: in Chromium, inside the sandbox, after other pipelines have run.
// Run: npm run bench. Writes BENCHMARKS.md's table and bench-results/latest.json.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { PROJECT } from '#e2e/app/built-app.ts'
import { goals } from './goals.ts'
import { judge } from './judge.ts'
import type { CaseResult } from './kernel.ts'
import { openBench } from './open-bench.ts'
import { pool } from './pool.ts'
import { printMachine, printResults, replaceTable } from './print-results.ts'

/** V8 may compile the same loop one way in one page and another way in the next: rounds of several pages count together. */
const PAGES = 5
const ROUNDS = 16
const CASES = ['wordCount', 'sixOperators', 'grouping', 'grep']

const load = loadavg().map((each) => Math.round(each * 100) / 100)
const bench = await openBench()
const results: Record<string, CaseResult> = {}
try {
  for (const name of CASES) {
    const runs: CaseResult[] = []
    for (let run = 0; run < PAGES; run++) runs.push(await measure(name))
    const result = pool(runs)
    results[name] = result
    console.log(printResults({ [name]: result }))
  }
} finally {
  await bench.close()
}
/** A case in a page and a sandbox of its own, after other pipelines. */
async function measure(name: string): Promise<CaseResult> {
  const page = await bench.openPage()
  await page.evaluate(() => window.bench.ask({ kind: 'pollute' }))
  const result = await page.evaluate(
    ([each, rounds]) => window.bench.ask({ kind: 'measure', name: each, rounds, seed: 1 }),
    [name, ROUNDS] as const,
  )
  await page.close()
  if (result === undefined) throw new Error(`${name} gave no result`)
  return result
}

const verdicts = goals.flatMap((goal) => {
  const result = results[goal.case]
  return result === undefined ? [] : [judge(goal, result)]
})
const machine = {
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: availableParallelism(),
  browser: bench.browserVersion,
  node: process.version,
  load,
  date: new Date().toISOString().slice(0, 10),
}
const text = [printMachine(machine), printResults(results, verdicts)].join('\n\n')
console.log(text)
const path = join(PROJECT, 'BENCHMARKS.md')
await writeFile(path, replaceTable(await readFile(path, 'utf8'), text))
await mkdir(join(PROJECT, 'bench-results'), { recursive: true })
await writeFile(
  join(PROJECT, 'bench-results/latest.json'),
  `${JSON.stringify({ machine, results, verdicts }, null, 1)}\n`,
)
process.exitCode = verdicts.some(({ isBroken }) => isBroken) ? 1 : 0
