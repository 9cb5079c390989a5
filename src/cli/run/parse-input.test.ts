import { describe, expect, it } from 'vitest'
import { checkPipeline } from '#engine/compile/check-pipeline.ts'
import { printDiagnostic } from '#engine/model/diagnostic.ts'
import { parsePipeline } from '#engine/model/parse-pipeline.ts'
import { chooseCollected } from './choose-collected.ts'
import { parseInput } from './parse-input.ts'

function check(nodes: readonly object[], edges: readonly object[]) {
  const parsed = parsePipeline({ format: 'sluice/1', name: 'test', nodes, edges })
  if (!parsed.ok) throw new Error(parsed.error.map(printDiagnostic).join('\n'))
  return checkPipeline(parsed.value)
}

const checked = check(
  [
    { id: 'numbers', op: 'queueStream', params: { batches: [] }, at: [0, 0] },
    { id: 'doubled', op: 'map', params: { fn: 'x => 2 * x' }, at: [0, 0] },
    { id: 'aside', op: 'count', params: {}, at: [0, 0], disabled: true },
    { id: 'shown', op: 'print', params: {}, at: [0, 0] },
    { id: 'again', op: 'print', params: {}, at: [0, 0] },
    { id: 'raw', op: 'print', params: {}, at: [0, 0] },
  ],
  [
    { from: 'numbers', to: 'doubled' },
    { from: 'doubled', to: 'shown' },
    { from: 'doubled', to: 'again' },
    { from: 'numbers', to: 'raw' },
    { from: 'numbers', to: 'aside' },
  ],
)

function parsed(input: unknown) {
  const feeds = parseInput(typeof input === 'string' ? input : JSON.stringify(input), checked)
  return feeds.ok ? feeds.value : feeds.error.map(printDiagnostic)
}

describe('the input file', () => {
  it('feeds sources batch by batch', () => {
    const batches = [[1, { $: 'bigint', v: '2' }], null, []]
    expect(parsed({ numbers: { batches, partitions: 2 } })).toEqual({
      numbers: { kind: 'indexed', batches, partitions: 2 },
    })
    expect(parsed({ numbers: { batches: [] } })).toEqual({ numbers: { kind: 'indexed', batches: [], partitions: 1 } })
    expect(parsed({})).toEqual({})
  })

  it('tells every problem, with its node', () => {
    expect(
      parsed({
        number: { batches: [] },
        doubled: { batches: [] },
        numbers: { batches: [[1], 2, [{ $: 'bigint', v: 'x' }]], partitions: 0, partition: 1 },
      }),
    ).toEqual([
      '--input: the document has no node "number". (Did you mean numbers?)',
      'doubled: --input: map takes its records from other nodes. (Feed a source: numbers.)',
      'numbers: --input: "partition" means nothing here. (Did you mean partitions?)',
      'numbers: --input: batch 2 must be an array. (Give an array of records, or null for "no RDD".)',
      'numbers: --input: batch 3: The part [0] of the value is tagged "bigint": "v" must be a text of digits.',
      'numbers: --input: "partitions" must be a whole number from 1 to 1024.',
    ])
    expect(parsed({ numbers: [[1]] })).toEqual([
      'numbers: --input: this must be an object with "batches". (For example {"batches": [[1, 2], null, [3]], "partitions": 2}.)',
    ])
    expect(parsed({ numbers: { batches: {} } })).toEqual([
      'numbers: --input: "batches" must be an array of batches. (Each is an array of records, or null for "no RDD".)',
    ])
  })

  it('refuses what is no object, and no JSON', () => {
    expect(parsed([])).toEqual(['--input: the file must hold an object, node id → {"batches": […], "partitions": n}.'])
    expect(parsed('{"numbers": 1,}')).toEqual(['--input: Line 1, column 14: a comma may not stand before }.'])
  })
})

describe('the collected nodes', () => {
  it('are the inputs of the output nodes, each once, unless others are asked for', () => {
    expect(chooseCollected(checked, undefined)).toEqual({ ok: true, value: ['doubled', 'numbers'] })
    expect(chooseCollected(checked, ['numbers', 'doubled'])).toEqual({ ok: true, value: ['numbers', 'doubled'] })
  })

  it('must exist and run', () => {
    const chosen = chooseCollected(checked, ['doubles', 'aside'])
    expect(chosen.ok ? [] : chosen.error.map(printDiagnostic)).toEqual([
      '--collect: the document has no node "doubles". (Did you mean doubled?)',
      'aside: --collect: this node is switched off, so it does not run.',
    ])
  })
})
