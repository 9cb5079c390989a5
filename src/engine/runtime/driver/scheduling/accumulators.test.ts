import { expect, test } from 'vitest'
import { lowerPipeline } from '#engine/compile/lower-pipeline.ts'
import { pipelineOf } from '#engine/compile/testing/pipeline-of.ts'
import type { Json } from '#engine/model/json.ts'
import { parseReply } from '#engine/runtime/driver/executors/parse-executor-message.ts'
import type { Reply } from '#engine/runtime/wire.ts'
import { Accumulators } from './accumulators.ts'

function accumulators(): Accumulators {
  const settings = { accumulators: [{ name: 'seen' }, { name: 'toString', initial: [], lazy: true }] }
  const nodes = { a: ['manualStream'], out: ['print', {}, 'a'], also: ['print', {}, 'a'] } as const
  const plan = lowerPipeline(pipelineOf(nodes, settings), { machineCores: 2 })
  if (!plan.ok) throw new Error(JSON.stringify(plan.error))
  return new Accumulators(plan.value)
}

/** What an executor says that its jobs added, one job after the other, as it arrives. */
function replyOf(...added: readonly string[]): Reply {
  const jobs = added.map(
    (each, output) => `{"output":${output},"startMs":0,"endMs":0,"rows":[],"lines":[],"added":${each}}`,
  )
  const reply = parseReply(`{"timeMs":1000,"jobs":[${jobs.join()}],"nodes":[],"snapshots":[]}`)
  if (!reply.ok) throw new Error(reply.error)
  return reply.value
}

const succeeded = (output: number) => ({ output, startMs: 0, endMs: 0, failure: undefined })
const failed = (output: number) => ({ ...succeeded(output), failure: { node: 'out', message: 'no' } })

test('takes from replies what fits, of jobs that succeeded everywhere', () => {
  const held = accumulators()
  held.add(
    [replyOf('{"seen":2,"toString":["a"]}', '{"seen":40}'), replyOf('{"seen":3,"toString":["b"]}')],
    [succeeded(0), failed(1)],
  )
  expect(held.totals()).toEqual({ seen: 5, toString: ['a', 'b'] })
})

test('a reply cannot bring in names, kinds or amounts that there are not', () => {
  const held = accumulators()
  const strange = ['{"seen":[1],"other":1,"__proto__":{"seen":7}}', '{"seen":{"$":"none"},"toString":3}']
  held.add([replyOf(...strange)], [succeeded(0), succeeded(1)])
  expect(held.totals()).toEqual({ seen: 0, toString: [] })
  const flood: Json[] = Array.from({ length: 50_000 }, () => 1)
  held.add([replyOf(JSON.stringify({ toString: flood }))], [succeeded(0)])
  expect(held.totals()?.toString).toHaveLength(20_000)
})

test('a recovery takes what is not lazy, and says so in orders', () => {
  const held = accumulators()
  held.recover()
  held.add([replyOf('{"seen":2,"toString":[1]}')], [succeeded(0)])
  expect(held.totals()).toEqual({ toString: [1] })
  expect(held.orderPart()).toEqual({ shared: { totals: { toString: [1] }, recovered: true } })
})
