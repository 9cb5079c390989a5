import type { ProbeReport } from '#workers/sandbox/control.ts'

/** The probe's report, or undefined when it is not one: then the sandbox counts as failed. */
export function parseProbeReport(data: unknown): ProbeReport | undefined {
  if (typeof data !== 'object' || data === null) return undefined
  if (!('kind' in data && data.kind === 'probe' && 'origin' in data && 'open' in data && 'unexpected' in data))
    return undefined
  const { origin, open, unexpected } = data
  if (typeof origin !== 'string' || !Array.isArray(open) || !Array.isArray(unexpected)) return undefined
  if (!open.every(isPower) || !unexpected.every((path) => typeof path === 'string')) return undefined
  return { kind: 'probe', origin, open, unexpected }
}

function isPower(value: unknown): value is ProbeReport['open'][number] {
  return value === 'fetch' || value === 'indexed-db' || value === 'import'
}
