import { describe, expect, test } from 'vitest'
import type { Allocation, AllocationWish, Reallocation } from '#engine/runtime/driver/executors/allocation.ts'
import { documentOf, type NodeText } from '#engine/runtime/testing/document.ts'
import { makeBench } from '#engine/runtime/testing/driver-bench.ts'
import { settle } from '#engine/runtime/testing/fake-timers.ts'
import { type FinishedRun, type RunOptions, runPipeline } from '#engine/runtime/testing/run-pipeline.ts'
import type { DriverMessage, MoveOrder } from '#engine/runtime/wire.ts'

/** So many executors from the batch of an index on, counted from 0. */
class Schedule implements Allocation {
  readonly why = 'trying'
  executors: number
  wish: AllocationWish | undefined
  readonly moves: Reallocation[] = []
  private readonly counts: readonly number[]
  private readonly mostRecords: number
  private ended = 0

  constructor(counts: readonly number[], mostRecords = Number.POSITIVE_INFINITY) {
    this.counts = counts
    this.mostRecords = mostRecords
    this.executors = counts[0] ?? 1
  }

  batchEnded(): void {
    this.ended += 1
    const executors = this.counts[this.ended] ?? this.executors
    if (executors !== this.executors) this.wish = { executors, mostRecords: this.mostRecords }
  }

  moved(move: Reallocation): void {
    this.moves.push(move)
    if (move.done) this.executors = this.wish?.executors ?? this.executors
    this.wish = undefined
  }
}

const conf = { 'spark.default.parallelism': 3 }
const rows: NodeText = ['simulatedTextStream', { rowsPerSecond: 20, partitions: 3 }]

function run(
  nodes: Readonly<Record<string, NodeText>>,
  options: Partial<RunOptions> & { readonly cores: number; readonly concurrentJobs?: number },
): Promise<FinishedRun> {
  const { cores, concurrentJobs = 1, ...rest } = options
  const settings = { master: `local[${cores}]`, conf: { ...conf, 'spark.streaming.concurrentJobs': concurrentJobs } }
  return runPipeline(documentOf(nodes, settings), { batches: 8, ...rest })
}

const dataOf = ({ batches, failures }: FinishedRun) => ({ data: batches.map(({ data }) => data), failures })
const ranOn = ({ batches }: FinishedRun) => batches.map(({ info }) => info.executors?.count)

const pairs: NodeText = ['map', { fn: 'line => [line.length % 7, 1]' }, 'lines']
const keeping: Readonly<Record<string, NodeText>> = {
  lines: rows,
  pairs,
  window: ['reduceByKeyAndWindow', { reduce: '(a, b) => a + b', windowMs: 3000 }, 'pairs'],
  slid: ['reduceByKeyAndWindow', { reduce: '(a, b) => a + b', inverse: '(a, b) => a - b', windowMs: 3000 }, 'pairs'],
  state: ['updateStateByKey', { fn: '(values, state) => values.length + (state ?? 0)' }, 'pairs'],
  session: [
    'mapWithState',
    { fn: '(k, v, s) => { s.update((s.exists() ? s.get() : 0) + v); return [k, s.get()] }' },
    'pairs',
  ],
  sorted: ['transform', { fn: 'rdd => rdd.sortBy(x => x[0])' }, 'session'],
  a: ['print', {}, 'window'],
  b: ['print', {}, 'slid'],
  c: ['print', {}, 'state'],
  d: ['print', {}, 'sorted'],
}
const stateless = {
  lines: rows,
  pairs,
  counts: ['countByValue', {}, 'lines'],
  a: ['print', {}, 'counts'],
} as const

describe('when executors come to take part, or no longer do', () => {
  test('what is kept goes on where it is from then on', async () => {
    const allocation = new Schedule([1, 3, 3, 2, 1, 4, 4, 1])
    const moving = await run(keeping, { cores: 4, allocation })
    expect(ranOn(moving)).toEqual([1, 3, 3, 2, 1, 4, 4, 1])
    expect(allocation.moves.every(({ done, records }) => done && records > 0)).toBe(true)
    expect(dataOf(moving)).toEqual(dataOf(await run(keeping, { cores: 1 })))
  })

  test('what serves one batch alone does not move', async () => {
    const allocation = new Schedule([1, 2, 1, 2])
    const moving = await run(stateless, { cores: 2, allocation })
    expect(allocation.moves.map(({ done, records }) => [done, records])).toEqual([
      [true, 0],
      [true, 0],
      [true, 0],
    ])
    expect(dataOf(moving)).toEqual(dataOf(await run(stateless, { cores: 1 })))
  })

  test('nothing moves where too much is kept, and batches go on', async () => {
    const allocation = new Schedule([1, 2, 1, 2], 3)
    const staying = await run(keeping, { cores: 2, allocation })
    expect(ranOn(staying)).toEqual([1, 1, 1, 1, 1, 1, 1, 1])
    expect(allocation.moves[0]).toMatchObject({ done: false })
    expect(allocation.moves[0]?.records).toBeGreaterThan(3)
    expect(dataOf(staying)).toEqual(dataOf(await run(keeping, { cores: 1 })))
  })

  test('nothing moves where something of it is no record, and batches go on', async () => {
    // Beyond the samples, which the screen must be able to show.
    const fn = 'index => index % 66 === 50 ? new Map([[index, 1]]) : index'
    const nodes: Readonly<Record<string, NodeText>> = {
      maps: ['simulatedStream', { generator: 'custom', fn, rowsPerSecond: 200, partitions: 3 }],
      window: ['window', { windowMs: 2000 }, 'maps'],
      sizes: ['map', { fn: "x => typeof x === 'number' ? 1 : x.size + 1" }, 'window'],
      sum: ['reduce', { reduce: '(a, b) => a + b' }, 'sizes'],
      a: ['print', {}, 'sum'],
    }
    const allocation = new Schedule([1, 2, 2, 2])
    const staying = await run(nodes, { cores: 2, allocation })
    expect(allocation.moves[0]).toMatchObject({ done: false })
    expect(staying.batches.map(({ data }) => data.outputs)).toEqual(
      (await run(nodes, { cores: 1 })).batches.map(({ data }) => data.outputs),
    )
  })

  test('concurrent jobs make room for it', async () => {
    const allocation = new Schedule([1, 2, 2, 1, 3, 3, 2])
    const moving = await run(keeping, { cores: 3, concurrentJobs: 3, allocation })
    expect(allocation.moves.length).toBeGreaterThan(2)
    const steady = await run(keeping, { cores: 3, concurrentJobs: 3 })
    const byTime = ({ batches }: FinishedRun) => new Map(batches.map(({ data }) => [data.timeMs, data.outputs]))
    expect(byTime(moving)).toEqual(byTime(steady))
  })

  test('executors that are lost meanwhile are replaced, and the batch after it is right', async () => {
    const allocation = new Schedule([1, 2, 2, 1, 2])
    let isLost = false
    const moving = await run(keeping, {
      cores: 2,
      allocation,
      wrapPort: (port) => ({
        listen: (handler) => port.listen(handler),
        post: (message) => {
          const isFirst = !isLost && (message as DriverMessage).kind === 'move' // the driver's own
          if (!isFirst) port.post(message)
          else {
            isLost = true
            port.post({ kind: 'move', seq: -1, from: 1, to: 1, forget: [], most: -1 } satisfies MoveOrder)
          }
        },
      }),
    })
    expect(isLost).toBe(true)
    expect(allocation.moves[0]).toMatchObject({ done: false })
    const outputs = ({ batches }: FinishedRun) => batches.map(({ data }) => data.outputs)
    expect(outputs(moving)).toEqual(outputs(await run(keeping, { cores: 1 })))
  })
})

describe('the driver', () => {
  test('begins no batch until the executors have moved, and asks only those that take part', async () => {
    const allocation = new Schedule([1, 2])
    const posts: string[] = []
    const bench = makeBench(documentOf(stateless, { master: 'local[2]', conf }), {
      allocation,
      clock: 1,
      act: (order, executor) => {
        posts.push(`${order.timeMs}/${executor} of ${order.executors}`)
        return 'answer'
      },
    })
    await bench.start()
    await bench.pass(3000)
    await settle()
    expect(posts).toEqual(['1000/0 of 1', '2000/0 of 2', '2000/1 of 2', '3000/0 of 2', '3000/1 of 2'])
    expect(bench.told.completed.map(({ info }) => info.executors)).toEqual([
      { count: 1, of: 2, why: 'trying' },
      { count: 2, of: 2, why: 'trying' },
      { count: 2, of: 2, why: 'trying' },
    ])
  })
})
