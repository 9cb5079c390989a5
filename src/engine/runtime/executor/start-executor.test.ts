import { describe, expect, test } from 'vitest'
import { lowerPipeline } from '#engine/compile/lower-pipeline.ts'
import type { Plan } from '#engine/compile/plan.ts'
import { pipelineOf } from '#engine/compile/testing/pipeline-of.ts'
import type { BatchOrder, ExecutorMessage, Reply } from '#engine/runtime/wire.ts'
import { startExecutor } from './start-executor.ts'

const order: BatchOrder = {
  kind: 'batch',
  seq: 1,
  executors: 1,
  timeMs: 1000,
  rdds: [{ id: 0, stream: 0, timeMs: 1000, checkpoint: false, body: { kind: 'blocks', partitions: 1 } }],
  blocks: [{ rdd: 0, partition: 0, payload: { kind: 'lines', text: 'one\ntwo', count: 2 } }],
  jobs: [{ output: 0, rdd: 0 }],
  forget: [],
  keep: { usual: 20, node: undefined, watched: 0 },
  traced: false,
}

function planOf(prelude: string): Plan {
  const nodes = { a: ['manualStream'], out: ['print', {}, 'a'] } as const
  const plan = lowerPipeline(pipelineOf(nodes, { prelude }), { machineCores: 2 })
  if (!plan.ok) throw new Error(JSON.stringify(plan.error))
  return plan.value
}

/** One executor without peers, and what it says. */
function executor() {
  let tell: (data: unknown) => void = () => {}
  const waiting: ((message: ExecutorMessage) => void)[] = []
  const said: ExecutorMessage[] = []
  startExecutor({
    index: 0,
    executors: 1,
    peers: [undefined],
    driver: {
      post: (data) => {
        const message = data as ExecutorMessage // the executor's own
        const next = waiting.shift()
        if (next === undefined) said.push(message)
        else next(message)
      },
      listen: (handler) => {
        tell = handler
      },
    },
    importModule: (text) => import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(text)}`),
    now: () => 0,
  })
  const hear = (): Promise<ExecutorMessage> => {
    const early = said.shift()
    return early === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(early)
  }
  return { tell: (message: unknown) => tell(message), hear }
}

describe('an executor', () => {
  test('loads its plan and answers each order once', async () => {
    const { tell, hear } = executor()
    tell({ kind: 'load', plan: planOf(''), index: 0 })
    expect(await hear()).toEqual({ kind: 'loaded' })
    tell(order)
    const answer = await hear()
    const reply: Reply | undefined = answer.kind === 'part' ? JSON.parse(answer.text) : undefined
    expect(reply?.jobs).toMatchObject([{ output: 0, rows: [{ partition: 0, records: ['one', 'two'] }] }])
    expect(reply?.nodes).toMatchObject([{ node: 'a', partitions: [{ partition: 0, records: 2 }] }])
  })

  test('refuses a plan whose shared code throws', async () => {
    const { tell, hear } = executor()
    tell({ kind: 'load', plan: planOf("const table = (() => { throw new Error('no table') })()"), index: 0 })
    expect(await hear()).toEqual({ kind: 'refused', message: 'Error: no table' })
  })

  test('says so when it fails itself, instead of staying silent', async () => {
    const { tell, hear } = executor()
    tell({ kind: 'load', plan: planOf(''), index: 0 })
    await hear()
    tell({ ...order, jobs: [{ output: 0, rdd: 99 }] })
    expect(await hear()).toEqual({ kind: 'broken', message: expect.stringContaining('RDD 99 is known') })
  })
})
