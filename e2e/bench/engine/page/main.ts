// The page of the bench: the real sandbox with the bench's kernel in it. Node reaches it as `bench`.
import type { CaseResult, KernelAnswer, KernelRequest } from '#e2e/bench/engine/kernel.ts'
import { openExecutorPool } from '#workers/page/executor-pool.ts'

type Unnumbered<Request> = Request extends unknown ? Omit<Request, 'id'> : never

const waiting = new Map<number, (answer: Extract<KernelAnswer, { kind: 'answer' }>) => void>()
let port: MessagePort | undefined
let asked = 0

/** Opens a sandbox of its own: what was measured before leaves no trace in the next one. */
async function open(): Promise<void> {
  const pool = await openExecutorPool(1, { onError: (_index, text) => console.error(text) })
  await pool.ready
  port = pool.ports[0]
  if (port === undefined) throw new Error('the pool has an executor')
  port.onmessage = ({ data }: MessageEvent<KernelAnswer>) => {
    if (data.kind === 'turn') tell({ kind: 'turn', id: data.id })
    else {
      waiting.get(data.id)?.(data)
      waiting.delete(data.id)
    }
  }
}

function tell(request: KernelRequest): void {
  port?.postMessage(request)
}

async function ask(request: Unnumbered<Exclude<KernelRequest, { kind: 'turn' }>>): Promise<CaseResult | undefined> {
  asked += 1
  const id = asked
  const answer = await new Promise<Extract<KernelAnswer, { kind: 'answer' }>>((resolve) => {
    waiting.set(id, resolve)
    tell({ ...request, id })
  })
  if (!answer.ok) throw new Error(answer.error)
  return answer.value
}

const bench = { open, ask }
export type Bench = typeof bench
declare global {
  interface Window {
    bench: Bench
  }
}
window.bench = bench
