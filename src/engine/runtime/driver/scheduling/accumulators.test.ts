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

/** What an executor says that a job added, as it arrives. */
function replyOf(added: string, output = 0): Reply {
  const job = `{"output":${output},"rows":[],"lines":[],"added":${added}}`
  const reply = parseReply(`{"timeMs":1000,"jobs":[${job}],"nodes":[],"snapshots":[]}`)
  if (!reply.ok) throw new Error(reply.error)
  return reply.value
}

const succeeded = (output: number) => ({ output, failure: undefined })
const failed = (output: number) => ({ ...succeeded(output), failure: { node: 'out', message: 'no' } })

test('takes from replies what fits, of jobs that succeeded everywhere', () => {
  const held = accumulators()
  held.add([replyOf('{"seen":2,"toString":["a"]}'), replyOf('{"seen":3,"toString":["b"]}')], [succeeded(0)])
  held.add([replyOf('{"seen":40}', 1), replyOf('{}', 1)], [failed(1)])
  expect(held.totals()).toEqual({ seen: 5, toString: ['a', 'b'] })
})

test('a reply cannot bring in names, kinds or amounts that there are not', () => {
  const held = accumulators()
  const strange = ['{"seen":[1],"other":1,"__proto__":{"seen":7}}', '{"seen":{"$":"none"},"toString":3}']
  strange.forEach((added, output) => {
    held.add([replyOf(added, output)], [succeeded(output)])
  })
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
