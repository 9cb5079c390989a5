import { type Diagnostic, problem } from '#engine/model/diagnostic.ts'
import { type Edge, type Pipeline, portOf } from '#engine/model/pipeline.ts'
import { checkPipeline } from './check-pipeline.ts'

const edgeCodes = [
  'graph/cycle',
  'graph/unknown-port',
  'graph/too-many-inputs',
  'graph/input-is-output',
  'graph/not-pairs',
  'graph/no-states',
]

/** Why an edge may not be drawn; undefined when it may.
 *  Reported are the problems of the graph that the edge would add, not those that stood before; slides that do not
 *  fit are no reason, since a parameter can mend them. */
export function whyNotConnect(pipeline: Pipeline, edge: Edge): Diagnostic | undefined {
  if (edge.from === edge.to)
    return problem('graph/cycle', `"${edge.to}" cannot take its own output.`, {
      node: edge.to,
      hint: 'Connect it to another node.',
    })
  const same = pipeline.edges.some(
    (each) => each.from === edge.from && each.to === edge.to && portOf(each) === portOf(edge),
  )
  const before = checkPipeline(pipeline)
  if (same && before.nodes.get(edge.to)?.operator?.inputs.find((port) => port.name === portOf(edge))?.many !== true) {
    return problem('graph/edge-exists', `"${edge.from}" is connected there already.`, { node: edge.to })
  }
  const known = new Set(before.diagnostics.map(describe))
  const after = checkPipeline({ ...pipeline, edges: [...pipeline.edges, edge] })
  return after.diagnostics.find((each) => edgeCodes.includes(each.code) && !known.has(describe(each)))
}

function describe(diagnostic: Diagnostic): string {
  return `${diagnostic.code} ${diagnostic.node} ${diagnostic.message}`
}
