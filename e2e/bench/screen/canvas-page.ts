// The canvas alone, with as many nodes as `?nodes=` says, and a run store that changes every figure as often as the bench asks.
import '#ui/theme/tokens.css'
import '#ui/theme/base.css'
import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { parsePipeline } from '#engine/model/parse-pipeline.ts'
import { Canvas } from '#ui/canvas/Canvas.tsx'
import { type Services, ServicesContext } from '#ui/services.ts'
import { createDocumentStore } from '#ui/state/document-store.ts'
import { createRunStore } from '#ui/state/run-store.ts'
import { createSessionStore } from '#ui/state/session-store.ts'

const NODES = Number(new URLSearchParams(window.location.search).get('nodes') ?? 200)
const COLUMNS = Math.ceil(Math.sqrt(NODES * 1.25))

/** What the bench may do with the page. */
export interface CanvasBench {
  /** Changes the figure of every node and edge every `everyMs`, for `forMs`; gives how many updates there were. */
  change(everyMs: number, forMs: number): Promise<number>
}

const nodes = Array.from({ length: NODES }, (_, index) => {
  const column = index % COLUMNS
  const at = [column * 240, Math.floor(index / COLUMNS) * 104]
  return column === 0
    ? { id: `lines${index}`, op: 'simulatedTextStream', params: {}, at }
    : { id: `step${index}`, op: 'map', params: { fn: `line => line + ${index}` }, at }
})
const edges = nodes.flatMap((node, index) =>
  index % COLUMNS === 0 ? [] : [{ from: nodes[index - 1]?.id ?? node.id, to: node.id }],
)
const settings = { batchMs: 100, master: 'local[2]', checkpoint: false, seed: 1, conf: {} }
const parsed = parsePipeline({ format: 'sluice/1', name: `${NODES} nodes`, settings, nodes, edges })
if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))

const document = createDocumentStore({ id: 'bench', pipeline: parsed.value, origin: 'own' })
const run = createRunStore()
// Nothing on the canvas asks the engine for anything while it is only looked at.
const client = {} as Services['client']
const starter = {} as Services['starter']
const services: Services = { document, session: createSessionStore('light'), run, client, starter }

function changeAll(timeMs: number): void {
  const counts = nodes.map((node, index) => [node.id, (timeMs * 7 + index * 131) % 9973] as const)
  const batch = Object.fromEntries(counts.map(([id, records]) => [id, { records, partitions: [records], sample: [] }]))
  run.setState({ newest: { timeMs, nodes: batch, outputs: [], failures: [] } })
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

const bench: CanvasBench = {
  async change(everyMs, forMs) {
    const startMs = performance.now()
    let updates = 0
    while (performance.now() - startMs < forMs) {
      updates += 1
      changeAll(updates * 100)
      await pause(startMs + updates * everyMs - performance.now())
    }
    return updates
  },
}

changeAll(0)
createRoot(window.document.getElementById('root') ?? window.document.body).render(
  createElement(ServicesContext, { value: services }, createElement(Canvas)),
)
Object.assign(window, { bench })
