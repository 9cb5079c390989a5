import { expect, test } from 'vitest'
import { checkPipeline } from '#engine/compile/check-pipeline.ts'
import { parsePipeline } from '#engine/model/parse-pipeline.ts'
import { recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { stateSnapshots } from './state-snapshots.ts'

test('reads the stream behind its input', () => {
  const { streams, inputs, result } = recordLowering(stateSnapshots, {})
  expect(streams.get(result)).toMatchObject({ kind: 'narrow', step: 'flatMap', parent: inputs[0] })
})

test('refuses an input that holds no states', () => {
  const parsed = parsePipeline({
    format: 'sluice/1',
    name: 'wrong',
    nodes: [
      { id: 'source', op: 'queueStream', params: { batches: [[['a', 1]]] } },
      { id: 'states', op: 'stateSnapshots', params: {} },
      { id: 'out', op: 'print', params: {} },
    ],
    edges: [
      { from: 'source', to: 'states' },
      { from: 'states', to: 'out' },
    ],
  })
  if (!parsed.ok) throw new Error('the document parses')
  expect(checkPipeline(parsed.value).diagnostics).toMatchObject([{ code: 'graph/no-states', node: 'states' }])
})
