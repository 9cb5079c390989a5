import type { Pipeline } from '#engine/model/pipeline.ts'
import type { Destination } from '#engine/operator/operator.ts'
import { checkPipeline } from './check-pipeline.ts'

/** What a person agrees to before a stranger's pipeline runs: its code and where it connects to. */
export interface ConsentSubject {
  readonly functions: readonly { readonly node: string; readonly param: string; readonly source: string }[]
  readonly prelude: string | undefined
  readonly destinations: readonly ({ readonly node: string } & Destination)[]
  /** Canonical text of all of it: consent is remembered by its hash. Names, positions and settings are not part of it. */
  readonly text: string
}

export function consentSubject(pipeline: Pipeline): ConsentSubject {
  const nodes = [...checkPipeline(pipeline).nodes.values()]
  const functions = nodes.flatMap(({ node, bound }) =>
    Object.entries(bound?.functions ?? {}).map(([param, source]) => ({ node: node.id, param, source })),
  )
  const destinations = nodes.flatMap(({ node, bound }) =>
    (bound?.destinations ?? []).map((each) => ({ node: node.id, ...each })),
  )
  const { prelude } = pipeline.settings
  const code = nodes.flatMap(({ node, bound }) =>
    Object.entries(bound?.functions ?? {}).map(([param, source]) => [node.op, param, source]),
  )
  const addresses = destinations.map((each) => `${each.direction} ${each.address}`).sort()
  return { functions, prelude, destinations, text: JSON.stringify({ code, prelude: prelude ?? null, addresses }) }
}
