import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const names = ['chromium', 'google-chrome', 'google-chrome-stable']
const wellKnown = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** Playwright's own download. Its package is missing until the dependencies are installed. */
async function findPlaywrights() {
  try {
    return (await import('playwright-core')).chromium.executablePath()
  } catch {
    return undefined
  }
}

/**
 * The Chromium to drive: CHROMIUM_PATH if it is set, else Playwright's own, else the system's; undefined if there is none.
 * A CHROMIUM_PATH that leads nowhere throws, rather than testing another browser than the one asked for.
 * @returns {Promise<string | undefined>}
 */
export async function findChromium() {
  const { CHROMIUM_PATH, PATH = '' } = process.env
  if (CHROMIUM_PATH) {
    if (existsSync(CHROMIUM_PATH)) return CHROMIUM_PATH
    throw new Error(`CHROMIUM_PATH is ${CHROMIUM_PATH}, and there is no such file. Correct it or unset it.`)
  }
  const playwrights = await findPlaywrights()
  if (playwrights && existsSync(playwrights)) return playwrights
  const onPath = PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)))
  return [...onPath, ...wellKnown].find((path) => existsSync(path))
}
