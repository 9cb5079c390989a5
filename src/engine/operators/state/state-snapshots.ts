import { invariant } from '#engine/model/invariant.ts'
import { defineOperator } from '#engine/operator/define-operator.ts'
import { statesInput } from '#engine/operator/ports.ts'
import { takeStates } from '#engine/operator/state-record-functions.ts'

export const stateSnapshots = defineOperator({
  name: 'stateSnapshots',
  category: 'state',
  title: 'State snapshots',
  glyph: '⊟',
  summary: 'All states of a mapWithState node, in every batch',
  help: 'Produces one pair [key, state] for every key that the mapWithState node before it holds, in every batch, as the states are after that batch. The whole state is listed each time, so it costs as much as there are keys. Connect it straight to the mapWithState node.',
  inputs: statesInput,
  output: 'pairs',
  params: {},
  // What it reads needs a mapWithState node in front, which an example cannot have; see its test.
  examples: [],
  lower: (_values, context) => {
    const mapped = context.spec(context.input())
    invariant(mapped.kind === 'narrow', 'the stream of an operator that holds states is taken out of its hidden stream')
    return context.add({ kind: 'narrow', step: 'flatMap', parent: mapped.parent, fn: context.ownFn(takeStates) })
  },
})
