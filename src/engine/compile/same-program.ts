import type { Edge, Pipeline, PipelineNode, Settings } from '#engine/model/pipeline.ts'

/** Settings that say how a run is treated and not what its batches are. */
const TREATMENT: ReadonlySet<string> = new Set([
  'sluice.skipMissedBatches',
  'sluice.batchDeadline',
  'sluice.packedText',
])

/** A document that is treated as another one is. */
export function treatedAs(pipeline: Pipeline, other: Pipeline): Pipeline {
  const own = Object.entries(pipeline.settings.conf).filter(([key]) => !TREATMENT.has(key))
  const others = Object.entries(other.settings.conf).filter(([key]) => TREATMENT.has(key))
  return { ...pipeline, settings: { ...pipeline.settings, conf: Object.fromEntries([...own, ...others]) } }
}

/** Whether two documents run alike: names, notes, groups, places on the canvas and the order in which nodes were drawn make no difference. */
export function isSameProgram(a: Pipeline, b: Pipeline): boolean {
  if (a === b || (a.nodes === b.nodes && a.edges === b.edges && a.settings === b.settings)) return true
  return printProgram(a) === printProgram(b)
}

/** The nodes that are in both documents, do the same, and have the same before them all the way up; none when the settings or the shared
 *  code are others. */
export function unchangedNodes(a: Pipeline, b: Pipeline): ReadonlySet<string> {
  if (printSettings(a.settings) !== printSettings(b.settings)) return new Set()
  const before = new Map(a.nodes.map((node) => [node.id, node]))
  const verdicts = new Map<string, boolean>()
  const isUnchanged = (id: string): boolean => {
    const known = verdicts.get(id)
    if (known !== undefined) return known
    verdicts.set(id, false) // a circle is no program: whatever is in it counts as changed
    const [one, other] = [before.get(id), b.nodes.find((node) => node.id === id)]
    const same =
      one !== undefined &&
      other !== undefined &&
      printNode(one) === printNode(other) &&
      JSON.stringify(edgesInto(a.edges, id)) === JSON.stringify(edgesInto(b.edges, id)) &&
      b.edges.every((edge) => edge.to !== id || isUnchanged(edge.from))
    verdicts.set(id, same)
    return same
  }
  return new Set(b.nodes.map((node) => node.id).filter(isUnchanged))
}

function printProgram({ nodes, edges, settings }: Pipeline): string {
  const sorted = [...nodes].sort((a, b) => (a.id < b.id ? -1 : 1))
  return JSON.stringify([sorted.map((node) => [printNode(node), edgesInto(edges, node.id)]), printSettings(settings)])
}

function printNode({ id, op, params, disabled = false }: PipelineNode): string {
  return JSON.stringify([id, op, sortedKeys(params), disabled])
}

/** In the order of the document: it is the order of a union's parts. */
function edgesInto(edges: readonly Edge[], id: string): readonly unknown[] {
  return edges
    .filter((edge) => edge.to === id)
    .map(({ from, port = 'in' }) => [port, from])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0))
}

function printSettings({ conf, ...settings }: Settings): string {
  const kept = Object.fromEntries(Object.entries(conf).filter(([key]) => !TREATMENT.has(key)))
  return JSON.stringify(sortedKeys({ ...settings, conf: sortedKeys(kept) }))
}

/** Own keys in one order, however they were written; all the way down. */
function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys)
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, each]) => [key, sortedKeys(each)])
}
