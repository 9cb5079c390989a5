// Brings a fresh clone to where everything else can run, and does nothing when it is there already. Runs before `npm start`
// and `npm test`, so it may import only what Node itself brings.
//   --browser   also makes sure of a Chromium for the browser tests

import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findChromium } from './find-chromium.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

/** @param {string} message @returns {never} */
function giveUp(message) {
  console.error(message)
  process.exit(1)
}

/** Says what it runs, runs it, and tells whether it went well. @param {string} command */
function run(command) {
  console.log(`$ ${command}`)
  return spawnSync(command, { cwd: root, shell: true, stdio: 'inherit' }).status === 0
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19))
    giveUp(`Sluice needs Node 20.19 or newer; this is ${process.version}.`)
}

/** @param {string} path @returns {Record<string, { version?: string, optional?: boolean }>} */
const readPackages = (path) => JSON.parse(readFileSync(join(root, path), 'utf8')).packages

/**
 * Compares the lock file with npm's own record of what it installed last, so a plain `npm install` counts as well.
 * Not checked: whether somebody has deleted files since.
 */
function areDependenciesInstalled() {
  if (!existsSync(join(root, 'node_modules/.package-lock.json'))) return false
  const installed = readPackages('node_modules/.package-lock.json')
  return Object.entries(readPackages('package-lock.json')).every(
    ([path, wanted]) => path === '' || wanted.optional || installed[path]?.version === wanted.version,
  )
}

function installDependencies() {
  console.log('The dependencies are missing or older than package-lock.json: installing them.')
  if (!run('npm ci --include=dev --no-audit --no-fund')) {
    giveUp('The dependencies could not be installed. Is the npm registry within reach?')
  }
}

async function installChromium() {
  console.log('No Chromium found (CHROMIUM_PATH, Playwright, system): installing one for the browser tests.')
  const isRoot = process.getuid?.() === 0
  if (isRoot && existsSync('/usr/bin/apt-get'))
    run('apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y chromium')
  if (await findChromium()) return
  // Not `npx playwright`: its version, and with it the browser's, would not be the one the tests are written for.
  if (!run('npx playwright-core install chromium')) {
    giveUp('No Chromium could be installed. Install one yourself and set CHROMIUM_PATH to its executable.')
  }
}

checkNode()
if (!areDependenciesInstalled()) installDependencies()
if (process.argv.includes('--browser') && !(await findChromium())) await installChromium()
