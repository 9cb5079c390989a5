import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { MemoryCheckpointStore } from '#engine/checkpoint/memory-checkpoint-store.ts'
import type { Incident, IncidentFacts, Rework } from '#engine/model/incident.ts'
import type { StreamingContext } from '#engine/runtime/driver/context/streaming-context.ts'
import { documentOf, type NodeText } from '#engine/runtime/testing/document.ts'
import { type FinishedRun, type RunOptions, runPipeline } from '#engine/runtime/testing/run-pipeline.ts'

// Faults strike real executors in this process. The user's function notes every row that it sees, so that the source itself says what was
// computed again: row n belongs to batch n / 10, and whoever computes it once more notes it once more.

const ROWS = 10
const CHECKPOINT_EVERY = 5
const numbers: NodeText = ['simulatedTextStream', { generator: 'custom', fn: 'i => i', rowsPerSecond: ROWS }]
const noted: NodeText = ['map', { fn: "i => { globalThis.sluiceRows.push(i); return ['key' + i % 7, 1] }" }, 'numbers']
const checkpointMs = CHECKPOINT_EVERY * 1000

const pipelines: Readonly<Record<string, Readonly<Record<string, NodeText>>>> = {
  state: {
    numbers,
    noted,
    kept: ['updateStateByKey', { fn: '(ones, n = 0) => n + ones.length', checkpointMs, numPartitions: 3 }, 'noted'],
    out: ['print', { num: 100 }, 'kept'],
  },
  incrementalWindow: {
    numbers,
    noted,
    kept: [
      'reduceByKeyAndWindow',
      {
        reduce: '(a, b) => a + b',
        inverse: '(a, b) => a - b',
        windowMs: 3000,
        slideMs: 1000,
        numPartitions: 3,
      },
      'noted',
    ],
    out: ['print', { num: 100 }, 'kept'],
  },
}

/** How often each batch's rows were seen: the times of the row that was seen most. */
function timesSeen(): Map<number, number> {
  const rows = new Map<number, number>()
  for (const row of seen) rows.set(row, (rows.get(row) ?? 0) + 1)
  const batches = new Map<number, number>()
  for (const [row, times] of rows) {
    const timeMs = (Math.floor(row / ROWS) + 1) * 1000
    batches.set(timeMs, Math.max(batches.get(timeMs) ?? 0, times))
  }
  return batches
}

let seen: number[] = []
beforeEach(() => {
  seen = []
  Reflect.set(globalThis, 'sluiceRows', seen)
})
afterEach(() => {
  Reflect.deleteProperty(globalThis, 'sluiceRows')
})

interface Watched {
  readonly run: FinishedRun
  /** The last that was told of each. */
  readonly incidents: readonly Incident[]
}

async function watch(nodes: Readonly<Record<string, NodeText>>, options: Partial<RunOptions> = {}): Promise<Watched> {
  const told = new Map<string, Incident>()
  const run = await runPipeline(documentOf(nodes, { master: 'local[2]' }), {
    batches: 16,
    collect: ['kept'],
    onIncident: (incident) => told.set(incident.id, incident),
    ...options,
  })
  return { run, incidents: [...told.values()] }
}

/** Kills an executor so many microtasks after a batch has begun. */
function killing(
  kills: readonly { readonly timeMs: number; readonly executor: number; readonly microtasks: number }[],
) {
  let context: StreamingContext | undefined
  const left = [...kills]
  const strike = async (executor: number, microtasks: number): Promise<void> => {
    for (let passed = 0; passed < microtasks; passed++) await undefined
    context?.faults.inject({ kind: 'executor', executor })
  }
  return {
    drive: (started: StreamingContext) => {
      context = started
    },
    losesAt: (timeMs: number): undefined => {
      for (const kill of left.filter((each) => each.timeMs === timeMs)) {
        left.splice(left.indexOf(kill), 1)
        void strike(kill.executor, kill.microtasks)
      }
    },
  }
}

const dataOf = ({ batches }: FinishedRun) => batches.map(({ data }) => data)

function only<K extends IncidentFacts['kind']>(kind: K, incidents: readonly Incident[]) {
  const found = incidents.filter((each): each is Extract<Incident, { kind: K }> => each.kind === kind)
  const [first] = found
  if (first === undefined || found.length !== 1) throw new Error(`${found.length} incidents of kind ${kind}`)
  return first
}

/** The batches before this one of which a rework says that they were computed again. */
function claimed(rework: Rework | undefined): number[] {
  const times = new Set<number>()
  for (const { batches } of rework?.streams ?? [])
    for (let timeMs = batches?.firstMs ?? 1; timeMs <= (batches?.lastMs ?? 0); timeMs += 1000) times.add(timeMs)
  return [...times].sort((a, b) => a - b)
}

describe('an executor that is killed', () => {
  test('in batch 12 has the state made again from the checkpoint of batch 10', async () => {
    const whole = await watch(pipelines.state ?? {})
    seen.length = 0
    const struck = await watch(pipelines.state ?? {}, killing([{ timeMs: 12_000, executor: 1, microtasks: 3 }]))
    expect(dataOf(struck.run)).toEqual(dataOf(whole.run))
    expect(struck.run.failures).toEqual([])
    expect(only('executors', struck.incidents)).toMatchObject({
      timeMs: 12_000,
      onDemand: true,
      settled: true,
      executor: 1,
      executors: 2,
      attempts: 2,
      rework: {
        timeMs: 12_000,
        streams: [
          {
            node: 'kept',
            partitions: 3,
            computed: 3,
            fromMs: 10_000,
            batches: { firstMs: 11_000, lastMs: 11_000, count: 1 },
          },
        ],
        blocks: 0,
        whole: true,
      },
    })
  })

  test.each(Object.keys(pipelines))(
    'at any moment reports of %s just the batches whose rows came again',
    async (name) => {
      const whole = await watch(pipelines[name] ?? {})
      for (let batch = 2; batch <= 15; batch++) {
        const microtasks = [0, 7, 40][batch % 3] ?? 0
        seen.length = 0
        const kill = { timeMs: batch * 1000, executor: batch % 2, microtasks }
        const struck = await watch(pipelines[name] ?? {}, killing([kill]))
        expect(dataOf(struck.run)).toEqual(dataOf(whole.run))
        const incident = only('executors', struck.incidents)
        const struckMs = incident.timeMs ?? 0
        const again = [...timesSeen()]
          .filter(([timeMs, times]) => timeMs < struckMs && times > 1)
          .map(([timeMs]) => timeMs)
        expect({ batch, microtasks, again: claimed(incident.rework) }).toEqual({ batch, microtasks, again })
        expect(incident).toMatchObject({ settled: true, onDemand: true })
      }
    },
  )

  test('again and again in one minute is no reason to give up, as losses of its own making are', async () => {
    const whole = await watch(pipelines.state ?? {})
    const kills = [2, 2, 2, 2, 4, 5, 6, 7, 8].map((batch) => ({ timeMs: batch * 1000, executor: 0, microtasks: 5 }))
    const struck = await watch(pipelines.state ?? {}, killing(kills))
    expect(dataOf(struck.run)).toEqual(dataOf(whole.run))
    expect(struck.run.warnings).toEqual([])
    expect(struck.incidents.filter(({ settled }) => !settled)).toEqual([])
  })

  test('is refused when there is none of that number', async () => {
    let answer: unknown
    await watch(pipelines.state ?? {}, {
      batches: 2,
      drive: (context) => {
        answer = context.faults.inject({ kind: 'executor', executor: 7 })
      },
    })
    expect(answer).toEqual({ ok: false, error: 'Executor 7 does not run now.' })
  })
})

describe('a driver that dies', () => {
  test.each(Object.keys(pipelines))('reports of %s what its successor computed again', async (name) => {
    const whole = await watch(pipelines[name] ?? {})
    for (let batch = 1; batch <= 14; batch += 2) {
      const store = new MemoryCheckpointStore()
      await watch(pipelines[name] ?? {}, { store, killAfterMs: batch * 1000 })
      seen.length = 0
      const after = await watch(pipelines[name] ?? {}, { store })
      const { recovery, rework } = only('driver', after.incidents)
      const first = recovery?.rerunMs[0] ?? Number.POSITIVE_INFINITY
      // Of the successor's own batches none is made twice; what came before the first of them was made again.
      const again = [...timesSeen().keys()].filter((timeMs) => timeMs < first).sort((a, b) => a - b)
      expect({ batch, again: claimed(rework) }).toEqual({ batch, again })
      const expected = new Map(whole.run.recordsOf('kept').map(({ timeMs, records }) => [timeMs, records]))
      for (const { timeMs, records } of after.run.recordsOf('kept')) expect(records).toEqual(expected.get(timeMs))
    }
  })
})

test('a slow partition takes its time and changes nothing else', async () => {
  const whole = await watch(pipelines.state ?? {}, { batches: 6 })
  const slow = await watch(pipelines.state ?? {}, {
    batches: 6,
    drive: (context) => {
      expect(context.faults.inject({ kind: 'slow', node: 'nobody', partition: 0, delayMs: 5 }).ok).toBe(false)
      expect(context.faults.inject({ kind: 'slow', node: 'kept', partition: 2, delayMs: 30 }).ok).toBe(true)
    },
  })
  expect(dataOf(slow.run)).toEqual(dataOf(whole.run))
  const incident = only('slow', slow.incidents)
  expect(incident).toMatchObject({ timeMs: 1000, node: 'kept', partition: 2, delayMs: 30, batches: 6, settled: true })
  expect(incident.slowMs).toBeGreaterThanOrEqual(30)
})

test('an executor that is replaced takes its slowness with it', async () => {
  const kill = killing([{ timeMs: 3000, executor: 0, microtasks: 5 }])
  const struck = await watch(pipelines.state ?? {}, {
    ...kill,
    batches: 6,
    drive: (context) => {
      kill.drive(context)
      context.faults.inject({ kind: 'slow', node: 'kept', partition: 1, delayMs: 10 })
    },
  })
  expect(only('slow', struck.incidents)).toMatchObject({ settled: true, batches: 2, endedMs: 2000 })
})
