// Runs pipelines for many batches of virtual time and prints the heap that each leaves behind, after collecting garbage. Fails when one grows.
//   npm run soak:memory            100,000 batches each
//   SLUICE_BATCHES=5000 npm run soak:memory
import { documentOf, type NodeText } from '#engine/runtime/testing/document.ts'
import { runPipeline } from '#engine/runtime/testing/run-pipeline.ts'

const BATCHES = Number(process.env.SLUICE_BATCHES ?? 100_000)
/** Heap is read so often. */
const READINGS = 10
/** Growth between the first reading and the last one that still counts as noise. */
const NOISE_MB = 4

const rows: NodeText = ['simulatedTextStream', { generator: 'custom', fn: 'i => i', rowsPerSecond: 2, partitions: 1 }]
const pairs: NodeText = ['map', { fn: 'i => [i % 50, 1]' }, 'rows']
const sum = '(a, b) => a + b'
const base = { rows, pairs } as const

const pipelines: Readonly<Record<string, Readonly<Record<string, NodeText>>>> = {
  windows: {
    ...base,
    sums: ['reduceByKey', { reduce: sum }, 'pairs'],
    window: ['window', { windowMs: 10_000, slideMs: 2000 }, 'sums'],
    out: ['print', {}, 'window'],
  },
  inverse: {
    ...base,
    inverse: [
      'reduceByKeyAndWindow',
      { reduce: sum, inverse: '(a, b) => a - b', windowMs: 20_000, filter: 'pair => pair[1] !== 0' },
      'pairs',
    ],
    out: ['print', {}, 'inverse'],
  },
  'mapWithState with time-outs': {
    rows,
    pairs: ['map', { fn: 'i => [Math.floor(i / 5), 1]' }, 'rows'],
    state: [
      'mapWithState',
      {
        fn: '(key, value, state) => { if (!state.isTimingOut()) state.update(1); return [key, value] }',
        timeoutMs: 30_000,
      },
      'pairs',
    ],
    out: ['print', {}, 'state'],
  },
  'joins and state': {
    ...base,
    state: ['updateStateByKey', { fn: '(values, state) => ((state ?? 0) + values.length) % 1000' }, 'pairs'],
    both: ['join', {}, 'pairs', 'state>other'],
    out: ['print', {}, 'both'],
  },
  'typed lines': { rows: ['manualStream'], out: ['print', {}, 'rows'] },
  'saved files': { rows, out: ['saveAsTextFiles', { prefix: 'soak' }, 'rows'] },
}

function heapMb(): number {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed / 1_000_000
}

async function soak(nodes: Readonly<Record<string, NodeText>>): Promise<readonly number[]> {
  const readings: number[] = []
  let completed = 0
  await runPipeline(documentOf(nodes, { master: 'local[2]' }), {
    batches: BATCHES,
    forget: true,
    files: { save: async () => {} },
    onCompleted: () => {
      completed += 1
      if (completed % Math.floor(BATCHES / READINGS) === 0) readings.push(heapMb())
    },
    drive: (context) => {
      if (nodes.rows?.[0] !== 'manualStream') return
      context.addStreamingListener({
        onEvent: ({ kind }) => {
          if (kind === 'BatchSubmitted') void context.type('rows', ['a line', 'another'])
        },
      })
    },
  })
  return readings
}

let failed = 0
for (const [name, nodes] of Object.entries(pipelines)) {
  const began = process.cpuUsage()
  const readings = await soak(nodes)
  const { user, system } = process.cpuUsage(began)
  const [first = 0] = readings
  const last = readings.at(-1) ?? 0
  const grows = last > first + NOISE_MB
  if (grows) failed += 1
  const heaps = readings.map((mb) => mb.toFixed(1)).join(' ')
  console.log(
    `${grows ? 'GROWS' : 'flat '} ${name}: ${heaps} MB; ${((user + system) / 1000 / BATCHES).toFixed(2)} ms a batch`,
  )
}
process.exitCode = failed === 0 ? 0 : 1
