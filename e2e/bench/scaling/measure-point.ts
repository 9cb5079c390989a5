import { openEngine } from '#e2e/bench/engine/engine-run.ts'
import { quantile } from '#e2e/bench/engine/paired.ts'
import type { Sized } from './plots.ts'

export interface Point {
  readonly size: number
  /** Processor time of a batch in ms, lower quartile: what others do on the machine only adds. Undefined: not as large within its time. */
  readonly ms: number | undefined
  readonly batches: number
}

const FILL_MS = 45_000
const MEASURE_MS = 700
const WARM_UPS = 5
const LEAST = 5
const MOST = 200

const host = {
  now: () => performance.now(),
  importModule: (text: string): Promise<Record<string, unknown>> =>
    import(`data:text/javascript;base64,${Buffer.from(text).toString('base64')}`),
}

/** What a batch of the pipeline costs once it is as large as it gets. */
export async function measurePoint(size: number, { nodes, options, fillBatches = 0 }: Sized): Promise<Point> {
  const engine = await openEngine(nodes, host, options)
  const began = cpuMs()
  for (let batch = 0; batch < fillBatches; batch++) {
    await engine.batch()
    if (cpuMs() - began > FILL_MS) return { size, ms: undefined, batches: 0 }
  }
  const warm = cpuMs()
  for (let batch = 0; batch < WARM_UPS && cpuMs() - warm < MEASURE_MS; batch++) await engine.batch()
  const times: number[] = []
  const start = cpuMs()
  while (times.length < LEAST || (times.length < MOST && cpuMs() - start < MEASURE_MS)) {
    const from = cpuMs()
    await engine.batch()
    times.push(cpuMs() - from)
  }
  return { size, ms: quantile(times, 0.25), batches: times.length }
}

/** Processor time of the process so far: it hardly depends on who else runs. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}
