import { transfer, wrap } from 'comlink'
import type { DriverService } from '#protocol/driver-service.ts'
import type { DriverWorker } from '#ui/engine/driver-link.ts'
import type { OpenExecutors } from '#ui/engine/executors.ts'
import { openExecutorPool, openSandbox, SandboxRefused } from '#workers/page/executor-pool.ts'
import { serveReceiverWorkers } from '#workers/page/receiver-workers.ts'

// The entry of the page is small: driver and sandbox start while the screen is still being loaded.

function openDriver(): DriverWorker {
  const worker = new Worker(new URL('../workers/driver/driver.worker.ts', import.meta.url), { type: 'module' })
  const service = wrap<DriverService<MessagePort>>(worker)
  const { port1, port2 } = new MessageChannel()
  const endReceivers = serveReceiverWorkers(port1)
  // A worker that cannot be loaded is told to whoever owns it, through `onError`.
  service.connectReceivers(transfer(port2, [port2])).catch(() => {})
  return {
    service,
    transfer: (value, ports) => transfer(value, [...ports]),
    onError: (listener) => {
      worker.onerror = (event) => listener(event.message ?? 'its script could not be loaded')
    },
    terminate: () => {
      worker.terminate()
      endReceivers()
    },
  }
}

/** What was opened beforehand, once; after that a new one each time. */
function firstOf<T>(first: T | undefined, open: () => T): () => T {
  let waiting = first
  return () => {
    const value = waiting ?? open()
    waiting = undefined
    return value
  }
}

const takeDriver = firstOf(openDriver(), openDriver)
/** Executors of most pipelines, that of a first visit among them. */
const USUAL_EXECUTORS = 2
// What a link brings may never be allowed to run.
const early = window.location.hash === '' ? openSandbox({ executors: USUAL_EXECUTORS }) : undefined
// Whoever takes it hears of it.
early?.catch(() => {})
const takeSandbox = firstOf(early, () => openSandbox())

const openExecutors: OpenExecutors = async (count, listener) => {
  try {
    const pool = await openExecutorPool(count, {
      sandbox: takeSandbox(),
      onState: (state) => {
        if (state.kind === 'dead') listener.dead(state.death.kind === 'no-answer' ? undefined : state.death.text)
      },
      onError: (index, text) => listener.error(index, text),
    })
    return { ok: true, executors: pool }
  } catch (error) {
    if (error instanceof SandboxRefused) return { ok: false, reason: error.message }
    throw error
  }
}

// Not awaited here: the page imports pieces of this file's chunk, and would wait for it.
void import('#ui/shell/open-page.ts').then(({ openPage }) => openPage({ openDriver: takeDriver, openExecutors }))
