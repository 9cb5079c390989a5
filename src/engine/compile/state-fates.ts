import type { Pipeline } from '#engine/model/pipeline.ts'
import type { StateFate } from '#engine/model/state-fate.ts'
import type { StreamSpec } from '#engine/operator/stream-spec.ts'
import type { Plan } from './plan.ts'
import { unchangedNodes } from './same-program.ts'
import { streamKeys } from './stream-keys.ts'

/** A document with its plan. */
export interface Program {
  readonly pipeline: Pipeline
  readonly plan: Plan
}

/** What happens to each state of `saved` when `edited` takes it over. A state is kept when its node is still there, with the same operator,
 *  called in the same way: its function, its timeout and all before it may be others. An incremental window is kept when it and all before
 *  it are as they were. */
export function stateFates(saved: Program, edited: Program): readonly StateFate[] {
  const unchanged = unchangedNodes(saved.pipeline, edited.pipeline)
  const later = new Map(streamKeys(edited.plan).map((key, id) => [key, edited.plan.streams[id]?.spec]))
  const keys = streamKeys(saved.plan)
  return saved.plan.streams.flatMap(({ id, node, spec }) => {
    const form = formOf(spec)
    if (form === undefined) return []
    const kind = spec.kind === 'reducedWindow' ? 'window' : 'state'
    const lost = whyLost({ node, kind, form, now: later.get(keys[id] ?? '') }, saved, edited, unchanged)
    return [{ node, kind, ...(lost === undefined ? {} : { lost }) } satisfies StateFate]
  })
}

function whyLost(
  state: {
    readonly node: string
    readonly kind: StateFate['kind']
    readonly form: string
    readonly now: StreamSpec | undefined
  },
  saved: Program,
  edited: Program,
  unchanged: ReadonlySet<string>,
): StateFate['lost'] {
  const { node, kind, form, now } = state
  const operatorIn = ({ pipeline }: Program): string | undefined => pipeline.nodes.find(({ id }) => id === node)?.op
  const operator = operatorIn(edited)
  if (operator === undefined || !edited.plan.streams.some((stream) => stream.node === node)) return 'removed'
  if (operator !== operatorIn(saved)) return 'operator'
  if (kind === 'window') return unchanged.has(node) && now !== undefined ? undefined : 'before'
  return now !== undefined && formOf(now) === form ? undefined : 'form'
}

/** How a stateful stream calls its function: what its stored records depend on. */
function formOf(spec: StreamSpec): string | undefined {
  switch (spec.kind) {
    case 'state':
      return `state ${spec.update.variant}`
    case 'mapWithState':
      return `mapWithState ${spec.api}`
    case 'reducedWindow':
      return 'reducedWindow'
    default:
      return undefined
  }
}
