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
/** About the shape of the window, so that all of it is in sight as large as can be. */
const COLUMNS = Math.ceil(Math.sqrt(NODES * 0.7))

export interface Updates {
  /** How often all figures became others. */
  readonly made: number
  /** How often they were drawn: less often where the canvas gives the page a rest, never where they are too small to be read. */
  readonly drawn: number
}

/** What the bench may do with the page. */
export interface CanvasBench {
  /** Changes the figure of every node and edge every `everyMs`, for `forMs`. */
  change(everyMs: number, forMs: number): Promise<Updates>
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

/** The sheet of figures is emptied once for each drawing. */
let drawings = 0
const clearRect = CanvasRenderingContext2D.prototype.clearRect
CanvasRenderingContext2D.prototype.clearRect = function (...box): void {
  drawings += 1
  clearRect.apply(this, box)
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

const bench: CanvasBench = {
  async change(everyMs, forMs) {
    const startMs = performance.now()
    const before = drawings
    let made = 0
    while (performance.now() - startMs < forMs) {
      made += 1
      changeAll(made * 100)
      await pause(startMs + made * everyMs - performance.now())
    }
    return { made, drawn: drawings - before }
  },
}

changeAll(0)
createRoot(window.document.getElementById('root') ?? window.document.body).render(
  createElement(ServicesContext, { value: services }, createElement(Canvas)),
)
Object.assign(window, { bench })
