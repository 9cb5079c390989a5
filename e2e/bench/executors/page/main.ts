// The page of the bench: the product's sandbox with its executors, and a driver in a worker of its own. Node reaches it as `bench`.
import type { CaseResult } from '#e2e/bench/engine/kernel.ts'
import { openExecutorPool } from '#workers/page/executor-pool.ts'
import { type ExecutorsRequest, RIVALS } from './request.ts'

type Answer = { readonly ok: true; readonly value: CaseResult } | { readonly ok: false; readonly error: string }

/** Measures one case; every rival has a sandbox of its own. */
async function measure(name: string, rounds: number): Promise<CaseResult> {
  const pools = await Promise.all(
    RIVALS.map(({ executors }) => openExecutorPool(executors, { onError: (_index, text) => console.error(text) })),
  )
  await Promise.all(pools.map((pool) => pool.ready))
  const worker = new Worker(new URL('./driver.worker.ts', import.meta.url), { type: 'module' })
  try {
    const ports = pools.map((pool) => pool.ports)
    const answer = await new Promise<Answer>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<Answer>) => resolve(data)
      worker.onerror = (event) => reject(new Error(event.message))
      worker.postMessage({ name, rounds, ports } satisfies ExecutorsRequest, ports.flat())
    })
    if (!answer.ok) throw new Error(answer.error)
    return answer.value
  } finally {
    worker.terminate()
    for (const pool of pools) pool.close()
  }
}

const bench = { measure }
declare global {
  interface Window {
    executorsBench: typeof bench
  }
}
window.executorsBench = bench
