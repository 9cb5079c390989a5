import { expose } from 'comlink'
import { Driver } from './driver.ts'
import { loadStored } from './load-stored.ts'
import { loadOpfs } from './open-browser-files.ts'

expose(new Driver(navigator.hardwareConcurrency))

/** By then the first results are on the screen. What comes late comes now at the latest: a page that is open for long outlives its build. */
const AT_REST_MS = 5000
setTimeout(() => {
  for (const load of [loadStored, loadOpfs]) load().catch(() => {})
}, AT_REST_MS)
