// `npm test`: every check there is, in order, going on past failures. The last line is `N passed, N failed`: a vitest run
// counts its tests, any other step counts as one.
//   --quick   without the production build and the browser

import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const env = { ...process.env, PATH: join(root, 'node_modules/.bin') + delimiter + process.env.PATH }

/** @typedef {{ passed: number, failed: number }} Count */
/** @typedef {{ status: string, fullName: string, failureMessages: string[] }} Assertion */
/** @typedef {{ name: string, status: string, message: string, assertionResults: Assertion[] }} TestFile */
/** @typedef {{ title: string, run: () => Count, slow?: boolean, needs?: string }} Step */

/** @param {string} command */
const succeeds = (command) => spawnSync(command, { cwd: root, env, shell: true, stdio: 'inherit' }).status === 0

/** @param {string} command @returns {Count} */
function countCommand(command) {
  return succeeds(command) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

/** What failed, told again at the end, where nobody has to look for it among the passes. @type {string[]} */
const failures = []

/** @param {TestFile} file */
function describeFailures({ name, status, message, assertionResults }) {
  const file = relative(root, name)
  const failed = assertionResults.filter((each) => each.status === 'failed')
  if (failed.length === 0) return status === 'failed' ? [`${file}\n${message}`] : []
  return failed.map(({ fullName, failureMessages }) => `${file} > ${fullName}\n${failureMessages.join('\n')}`)
}

/**
 * A test file that fails outside its tests counts as one failure, and so does a run without a test or with a stray error.
 * @param {string} project
 * @returns {Count}
 */
function countTests(project) {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-test-'))
  const path = join(folder, 'report.json')
  try {
    const ok = succeeds(
      `vitest run --project ${project} --reporter=default --reporter=json --outputFile.json="${path}"`,
    )
    if (!existsSync(path)) return { passed: 0, failed: 1 }
    const report = JSON.parse(readFileSync(path, 'utf8'))
    /** @type {TestFile[]} */
    const files = report.testResults
    failures.push(...files.flatMap(describeFailures))
    const broken = files.filter(
      ({ status, assertionResults }) =>
        status === 'failed' && assertionResults.every((assertion) => assertion.status !== 'failed'),
    ).length
    const passed = report.numPassedTests
    const failed = report.numFailedTests + broken
    return { passed, failed: ok && passed > 0 ? failed : Math.max(failed, 1) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** @type {Step[]} */
const steps = [
  { title: 'format and lint', run: () => countCommand('biome check --error-on-warnings') },
  { title: 'types', run: () => countCommand('tsc -b') },
  { title: 'layers', run: () => countCommand('node scripts/check-layers.mjs') },
  { title: 'registry', run: () => countCommand('node scripts/write-registry.mjs --check') },
  { title: 'schema', run: () => countCommand('node --import tsx scripts/write-schema.mjs --check') },
  { title: 'words', run: () => countCommand('node --import tsx scripts/write-words.mjs --check') },
  { title: 'unit tests', run: () => countTests('unit') },
  { title: 'command line', run: () => countTests('cli'), slow: true },
  { title: 'build', run: () => countCommand('vite build'), slow: true },
  { title: 'policies', run: () => countCommand('node scripts/check-csp.mjs dist'), slow: true, needs: 'build' },
  { title: 'weight', run: () => countCommand('node scripts/measure-bundle.mjs dist'), slow: true, needs: 'build' },
  { title: 'browser tests', run: () => countTests('browser'), slow: true, needs: 'build' },
  { title: 'timed tests', run: () => countTests('timed'), slow: true, needs: 'build' },
]

const quick = process.argv.includes('--quick')
/** @type {Map<string, Count>} */
const counts = new Map()
const lines = []

for (const { title, run, slow, needs } of steps) {
  if (slow && quick) continue
  console.log(`\n▶ ${title}`)
  const start = performance.now()
  const blocked = needs !== undefined && counts.get(needs)?.failed !== 0
  if (blocked) console.log(`Not run: the ${needs} failed.`)
  const count = blocked ? { passed: 0, failed: 1 } : run()
  counts.set(title, count)
  const seconds = ((performance.now() - start) / 1000).toFixed(1).padStart(6)
  lines.push(
    `${count.failed ? '✗' : '✓'} ${title.padEnd(16)}${seconds} s   ${count.passed} passed, ${count.failed} failed`,
  )
}

const all = [...counts.values()]
const passed = all.reduce((sum, count) => sum + count.passed, 0)
const failed = all.reduce((sum, count) => sum + count.failed, 0)
for (const failure of failures) console.log(`\n✗ ${failure}`)
console.log(`\n${lines.join('\n')}\n\n${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
