import { type Diagnostic, problem } from '#engine/model/diagnostic.ts'
import type { Pipeline, PipelineNode } from '#engine/model/pipeline.ts'
import type { BoundOperator, Operator } from '#engine/operator/operator.ts'
import { parsePrelude } from '#engine/operator/parse-function.ts'
import { closestOperator, findOperator } from '#engine/registry.ts'
import { checkReceivers } from './check-receivers.ts'
import { checkSettings } from './check-settings.ts'
import type { CheckedNode, CheckedPipeline } from './checked-pipeline.ts'
import { type Graph, resolveGraph } from './graph.ts'
import { remember } from './remember.ts'

/** Resolves the graph, reads every parameter and runs every static check. Never throws on a parsed document.
 *  Drafts are allowed to be unfinished: what only an unconnected node lacks is a warning. `collect` names nodes that have an output
 *  operation of their own beside what the document says.
 *  Source: the checks of DStream's constructors, validateAtStart and DStreamGraph.validate */
export function checkPipeline(pipeline: Pipeline, collect: readonly string[] = []): CheckedPipeline {
  return collect.length === 0 ? checkOnce(pipeline) : check(pipeline, collect)
}

/** As checkPipeline, for a document that was checked before functions could be read. */
export function checkAnew(pipeline: Pipeline): CheckedPipeline {
  for (const each of [checkOnce, bindNode, checkPrelude]) each.forget()
  return checkPipeline(pipeline)
}

/** The screen asks of the same document many times over. */
const checkOnce = remember((pipeline: Pipeline) => check(pipeline, []))

function check(pipeline: Pipeline, collect: readonly string[]): CheckedPipeline {
  const graph = resolveGraph(pipeline)
  const live = liveNodes(pipeline, graph, collect)
  const diagnostics: Diagnostic[] = [...checkSettings(pipeline.settings), ...checkPrelude(pipeline.settings)]
  const nodes = new Map<string, CheckedNode>()
  for (const node of graph.order) {
    const { checked, problems } = checkNode(node, { pipeline, graph, nodes, live })
    nodes.set(node.id, checked)
    diagnostics.push(...(checked.off ? [] : problems))
  }
  for (const node of graph.cyclic) {
    nodes.set(node.id, unresolved(node, findOperator(node.op), graph))
    diagnostics.push(
      problem('graph/cycle', `"${node.id}" depends on its own output.`, {
        node: node.id,
        hint: 'Remove one of the edges of the loop: a stream cannot feed itself.',
      }),
    )
  }
  diagnostics.push(...checkReceivers(pipeline.settings, nodes.values()))
  if (collect.length === 0) diagnostics.push(...checkOutputs(pipeline, nodes))
  return { pipeline, diagnostics, nodes, runnable: diagnostics.every((each) => each.severity !== 'error') }
}

/** Reading parameters means parsing functions; a node is the same object until it is edited. */
const bindNode = remember((node: PipelineNode) => findOperator(node.op)?.bind(node.id, node.params))

interface Surroundings {
  readonly pipeline: Pipeline
  readonly graph: Graph
  readonly nodes: ReadonlyMap<string, CheckedNode>
  readonly live: ReadonlySet<string>
}

function checkNode(
  node: PipelineNode,
  around: Surroundings,
): { checked: CheckedNode; problems: readonly Diagnostic[] } {
  const operator = findOperator(node.op)
  const read = bindNode(node)
  if (operator === undefined || read === undefined)
    return { checked: unresolved(node, undefined, around.graph), problems: [unknownOperator(node)] }
  const inputs = around.graph.inputs.get(node.id) ?? new Map<string, readonly string[]>()
  const live = around.live.has(node.id)
  const problems: Diagnostic[] = [...checkPorts(node, operator, inputs, around.nodes, live)]
  const bound = read.ok ? read.value : undefined
  problems.push(...(read.ok ? read.value.warnings : read.error))
  const sources = operator.inputs.flatMap((port) => inputs.get(port.name) ?? [])
  const inputSlidesMs = sources.map((id) => around.nodes.get(id)?.slideMs)
  const known = inputSlidesMs.filter((slide) => slide !== undefined)
  const complete =
    bound !== undefined &&
    known.length === inputSlidesMs.length &&
    operator.inputs.every((port) => (inputs.get(port.name) ?? []).length > 0)
  const { batchMs, checkpoint } = around.pipeline.settings
  if (complete)
    problems.push(
      ...bound.check({ node: node.id, batchMs, checkpointing: checkpoint, inputSlidesMs: known, inputNodes: sources }),
    )
  const checked: CheckedNode = {
    node,
    operator,
    bound,
    inputs,
    slideMs: complete ? slideOf(bound, known, batchMs) : undefined,
    shape: shapeOf(operator, sources, around.nodes),
    live,
    off: around.graph.off.has(node.id),
  }
  if (!live && !checked.off && operator.output !== undefined) problems.push(notLive(node))
  return { checked, problems }
}

function slideOf(bound: BoundOperator, inputSlidesMs: readonly number[], batchMs: number): number {
  return bound.slideMs(inputSlidesMs, batchMs)
}

function shapeOf(
  operator: Operator,
  sources: readonly string[],
  nodes: ReadonlyMap<string, CheckedNode>,
): CheckedNode['shape'] {
  if (operator.output === 'same') {
    const shapes = new Set(sources.map((id) => nodes.get(id)?.shape ?? 'any'))
    const [only] = shapes
    return shapes.size === 1 && only !== undefined ? only : 'any'
  }
  return operator.output ?? 'any'
}

function checkPorts(
  node: PipelineNode,
  operator: Operator,
  inputs: ReadonlyMap<string, readonly string[]>,
  nodes: ReadonlyMap<string, CheckedNode>,
  live: boolean,
): Diagnostic[] {
  const problems: Diagnostic[] = []
  const names = operator.inputs.map((port) => port.name)
  for (const [port, from] of inputs) {
    if (names.includes(port) || from.length === 0) continue
    const hint =
      names.length === 0
        ? `${operator.name} starts a stream: it takes no input. Remove the edge.`
        : `${operator.name} has the port${names.length === 1 ? '' : 's'} ${names.join(', ')}.`
    problems.push(
      problem('graph/unknown-port', `${operator.name} "${node.id}" has no input port "${port}".`, {
        node: node.id,
        hint,
      }),
    )
  }
  for (const port of operator.inputs) {
    const from = inputs.get(port.name) ?? []
    if (from.length === 0) {
      const missing = problem(
        'graph/missing-input',
        `${operator.name} "${node.id}" has nothing connected to its input "${port.name}".`,
        { node: node.id, hint: 'Drag an edge to it from the node whose data it should take.' },
      )
      problems.push(live ? missing : { ...missing, severity: 'warning' })
    }
    if (from.length > 1 && !port.many) {
      problems.push(
        problem(
          'graph/too-many-inputs',
          `The input "${port.name}" of ${operator.name} "${node.id}" takes one stream and has ${from.length}.`,
          { node: node.id, hint: 'Remove an edge, or put a union in front.' },
        ),
      )
    }
    for (const id of from) {
      const source = nodes.get(id)
      if (source?.operator !== undefined && source.operator.output === undefined) {
        problems.push(
          problem(
            'graph/input-is-output',
            `"${id}" is an output: no stream leaves it, so "${node.id}" cannot take one.`,
            { node: node.id, hint: `Connect "${node.id}" to the stream that enters "${id}".` },
          ),
        )
      } else if (port.accepts === 'states' && source?.operator?.holdsStates === false) {
        const message = `${operator.name} "${node.id}" reads the states of an operator that holds them; "${id}" (${source.operator.name}) holds none to be read.`
        problems.push(
          problem('graph/no-states', message, {
            node: node.id,
            hint: 'Connect it straight to the node whose states you want.',
          }),
        )
      } else if (port.accepts === 'pairs' && source?.shape === 'values') {
        problems.push(
          problem(
            'graph/not-pairs',
            `${operator.name} "${node.id}" needs pairs [key, value]; "${id}" (${source.operator?.name}) gives single values.`,
            { node: node.id, hint: 'Put a map that returns [key, value] between them.' },
          ),
        )
      }
    }
  }
  return problems
}

function checkOutputs(pipeline: Pipeline, nodes: ReadonlyMap<string, CheckedNode>): Diagnostic[] {
  const outputs = [...nodes.values()].filter(
    (each) => !each.off && each.operator !== undefined && each.operator.output === undefined,
  )
  if (outputs.length > 0) return []
  const hint =
    pipeline.nodes.length === 0
      ? 'Add a source and an output, for example print.'
      : 'Connect an output, for example print, to the stream you want to see.'
  return [
    problem('graph/no-outputs', 'No output operations registered, so nothing to execute', { path: ['nodes'], hint }),
  ]
}

const checkPrelude = remember(({ prelude }: Pipeline['settings']): readonly Diagnostic[] => {
  if (prelude === undefined) return []
  const parsed = parsePrelude(prelude)
  return parsed.ok ? [] : parsed.error.map((each) => ({ ...each, path: ['settings', 'prelude'] }))
})

function liveNodes(pipeline: Pipeline, graph: Graph, collect: readonly string[]): Set<string> {
  const live = new Set<string>()
  const reach = (id: string): void => {
    if (live.has(id) || graph.off.has(id)) return
    live.add(id)
    for (const from of graph.inputs.get(id)?.values() ?? []) from.forEach(reach)
  }
  for (const node of pipeline.nodes) {
    const operator = findOperator(node.op)
    if (operator !== undefined && operator.output === undefined) reach(node.id)
  }
  collect.forEach(reach)
  return live
}

function notLive(node: PipelineNode): Diagnostic {
  return {
    code: 'graph/not-live',
    severity: 'warning',
    message: `Nothing "${node.id}" produces reaches an output, so it does not run.`,
    hint: 'Streams are lazy: connect it to an output such as print.',
    node: node.id,
  }
}

function unknownOperator(node: PipelineNode): Diagnostic {
  const close = closestOperator(node.op)
  const hint = close === undefined ? 'Choose an operator from the palette.' : `Did you mean ${close.name}?`
  return problem('graph/unknown-operator', `There is no operator "${node.op}".`, { node: node.id, hint })
}

function unresolved(node: PipelineNode, operator: Operator | undefined, graph: Graph): CheckedNode {
  const read = bindNode(node)
  const inputs = graph.inputs.get(node.id) ?? new Map<string, readonly string[]>()
  return {
    node,
    operator,
    bound: read?.ok ? read.value : undefined,
    inputs,
    slideMs: undefined,
    shape: 'any',
    live: false,
    off: graph.off.has(node.id),
  }
}
