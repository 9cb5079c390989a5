// Runs once in a fresh sandbox before any stranger's code: tries what must fail, then strips its realm as an executor does and looks
// at what is left. Only what it can do itself counts; it believes nothing about the browser.

import { auditRealm } from './audit-realm.ts'
import type { ProbeInit, ProbeReport } from './control.ts'
import { hardenRealm } from './harden-realm.ts'
import * as platform from './primordials.ts'

platform.onFirstMessage(({ data, ports }) => {
  const { reachableUrl } = data as ProbeInit // The broker sends nothing else.
  const [port] = ports
  if (port === undefined) throw new Error('the probe needs a port')
  void probe(reachableUrl).then((report) => platform.post(port, report, []))
})

async function probe(reachableUrl: string): Promise<ProbeReport> {
  const { origin } = globalThis
  const attempts = await Promise.all([
    // The data: addresses show that the policy holds even when no server can be reached.
    attempt('fetch', fetch('data:text/plain,x')),
    attempt('fetch', fetch(reachableUrl, { mode: 'no-cors' })),
    attempt('import', importFrom('data:text/javascript,export const reached = 1')),
    attempt('import', importFrom(reachableUrl)),
    attempt('indexed-db', openDatabase()),
  ])
  const open = [...new Set(attempts.filter((name) => name !== undefined))]
  return { kind: 'probe', origin, open, unexpected: hardenAndAudit() }
}

function hardenAndAudit(): string[] {
  try {
    hardenRealm(() => {})
    return auditRealm()
  } catch (error) {
    return [String(error)]
  }
}

type Power = ProbeReport['open'][number]

async function attempt(power: Power, outcome: Promise<unknown>): Promise<Power | undefined> {
  try {
    await outcome
    return power
  } catch {
    return undefined
  }
}

/** Out of line, so that no bundler resolves the address. */
async function importFrom(url: string): Promise<unknown> {
  return import(/* @vite-ignore */ url)
}

async function openDatabase(): Promise<void> {
  const request = indexedDB.open('sluice-probe')
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve()
    request.onerror = () => reject(request.error)
  })
}
