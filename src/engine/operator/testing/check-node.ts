import type { Diagnostic } from '#engine/model/diagnostic.ts'
import { invariant } from '#engine/model/invariant.ts'
import type { JsonObject } from '#engine/model/json.ts'
import type { CheckContext, Operator } from '#engine/operator/operator.ts'

/** Diagnostics of the static checks of one node `n` with right parameters, in a pipeline with checkpointing and batches of 1000 ms. */
export function checkNode(
  operator: Operator,
  params: JsonObject,
  context: Partial<CheckContext> = {},
): readonly Diagnostic[] {
  const bind = operator.bind('n', params)
  invariant(bind.ok, `parameters of ${operator.name} are right: ${JSON.stringify(bind)}`)
  const inputs = operator.inputs.map((port) => port.name)
  return bind.value.check({
    node: 'n',
    batchMs: 1000,
    checkpointing: true,
    inputSlidesMs: inputs.map(() => 1000),
    inputNodes: inputs,
    ...context,
  })
}
