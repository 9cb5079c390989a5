import { parseProbeReport } from './probe-report.ts'
import type { SandboxFrame } from './sandbox-frame.ts'

/** What must hold before any code of a user runs. */
export type SelfTestCheck =
  /** The probe answers at all. */
  | 'answer'
  /** The worker's origin is opaque, so nothing stored by this app is its own. */
  | 'origin'
  | 'fetch'
  | 'indexed-db'
  | 'import'
  /** After stripping, nothing is reachable that the allow-list does not name. */
  | 'realm'

export type SelfTestVerdict =
  | { readonly ok: true; readonly tookMs: number }
  /** `detail` is for a report, not for a decision. */
  | { readonly ok: false; readonly check: SelfTestCheck; readonly detail: string; readonly tookMs: number }

/** How long the probe may take. */
const ANSWER_WITHIN_MS = 5_000

/** Asks a probe inside the frame what it can do, before any user code is there. Never throws: whatever goes wrong is a failed check. */
export async function runSelfTest(frame: SandboxFrame): Promise<SelfTestVerdict> {
  const startedMs = performance.now()
  const judge = (failure?: { check: SelfTestCheck; detail: string }): SelfTestVerdict => {
    const tookMs = performance.now() - startedMs
    return failure === undefined ? { ok: true, tookMs } : { ok: false, ...failure, tookMs }
  }
  let answer: unknown
  try {
    answer = await askProbe(frame)
  } catch (error) {
    return judge({ check: 'answer', detail: String(error) })
  }
  const report = parseProbeReport(answer)
  if (report === undefined) return judge({ check: 'answer', detail: 'the probe answered in an unknown form' })
  if (report.origin !== 'null') return judge({ check: 'origin', detail: report.origin })
  for (const power of report.open) return judge({ check: power, detail: 'it went through' })
  if (report.unexpected.length > 0) return judge({ check: 'realm', detail: report.unexpected.slice(0, 10).join(', ') })
  return judge()
}

async function askProbe(frame: SandboxFrame): Promise<unknown> {
  const { port1, port2 } = new MessageChannel()
  let timer: ReturnType<typeof setTimeout> | undefined
  try {
    return await new Promise((resolve, reject) => {
      // Our own code speaks on this port, and no other code is in the frame yet.
      port1.onmessage = (event) => resolve(event.data)
      frame.onDead(() => reject(new Error('the sandbox died during its test')))
      frame.onError((_id, text) => reject(new Error(text)))
      timer = setTimeout(() => reject(new Error(`no answer within ${ANSWER_WITHIN_MS} ms`)), ANSWER_WITHIN_MS)
      // This very file, as the page loaded it: an address that can be fetched and imported from here.
      frame.probe(import.meta.url, port2).catch(reject)
    })
  } finally {
    clearTimeout(timer)
    port1.close()
  }
}
