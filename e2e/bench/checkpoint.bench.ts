// What checkpoints cost: `npm run bench:checkpoint`. Pipelines with and without them take turns, batch by batch, in one process; what a checkpoint
// takes of a batch is measured where it is spent, not as a difference of two totals, and in processor time, which others on the machine
// disturb least. Batches that tell a piece of a state whole, and how long the disk keeps the process waiting, are told apart. With -- 1000000 only for so many keys, with -- mapWithState only that.

import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { openFileCheckpointStore } from '#cli/file-checkpoint-store.ts'
import type { CheckpointStep, CheckpointStore } from '#engine/checkpoint/checkpoint-store.ts'
import { CheckpointWriter } from '#engine/checkpoint/checkpoint-writer.ts'
import { readStoredRun } from '#engine/checkpoint/entries.ts'
import { MemoryCheckpointStore } from '#engine/checkpoint/memory-checkpoint-store.ts'
import { type Pace, usualPace } from '#engine/checkpoint/pace.ts'
import type { Json } from '#engine/model/json.ts'
import { Checkpointer } from '#engine/runtime/driver/context/checkpointer.ts'
import type { StreamingContext } from '#engine/runtime/driver/context/streaming-context.ts'
import { SnapshotReporter } from '#engine/runtime/executor/jobs/report-snapshots.ts'
import { restorePartition } from '#engine/runtime/executor/state/saved-partition.ts'
import { documentOf, type NodeText } from '#engine/runtime/testing/document.ts'
import { runPipeline } from '#engine/runtime/testing/run-pipeline.ts'

const RECORDS = 20_000
const TOUCHED = 0.01

const states: Readonly<Record<string, NodeText>> = {
  updateStateByKey: ['updateStateByKey', { fn: '(values, state) => (state ?? 0) + values.length' }, 'pairs'],
  'updateStateByKey, objects': [
    'updateStateByKey',
    { fn: '(values, s) => values.length === 0 ? s : ({ n: (s?.n ?? 0) + values.length, last: values[0] })' },
    'pairs',
  ],
  mapWithState: [
    'mapWithState',
    { fn: '(key, value, state) => { state.update((state.getOption() ?? 0) + 1); return [key, state.get()] }' },
    'pairs',
  ],
}

/** Processor time spent on checkpoints while the pipeline with them runs. */
const meter = { isOn: false, ms: 0, depth: 0, pieceChars: 0, reports: [] as unknown[] }

/** Processor time of the process so far, ms. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

function timed<T>(act: () => T): T {
  if (meter.depth > 0) return act()
  meter.depth += 1
  const began = cpuMs()
  try {
    return act()
  } finally {
    meter.ms += cpuMs() - began
    meter.depth -= 1
  }
}

/** Times the places where checkpoints cost something, and empties them while the pipeline without has its turn. */
function instrument(): void {
  const { report } = SnapshotReporter.prototype
  SnapshotReporter.prototype.report = function (this: SnapshotReporter, order) {
    if (!meter.isOn) return { reports: [], pieces: [] }
    const told = timed(() => report.call(this, order))
    meter.reports.push(...told.reports, ...told.pieces)
    for (const { text } of told.pieces) meter.pieceChars += text.length
    return told
  }
  const { cut, save } = Checkpointer.prototype
  Checkpointer.prototype.cut = function (this: Checkpointer, ...args) {
    return meter.isOn ? timed(() => cut.apply(this, args)) : new Map()
  }
  Checkpointer.prototype.save = function (this: Checkpointer, ...args) {
    return meter.isOn ? timed(() => save.apply(this, args)) : Promise.resolve()
  }
  const writer = CheckpointWriter.prototype as unknown as { send(...args: unknown[]): Promise<number> } // private to others than this
  const { send } = writer
  writer.send = function (...args) {
    return timed(() => send.apply(this, args))
  }
}

/** What the reports cost on their way: they are written into a reply and read from it. */
function transport(): void {
  const { reports } = meter
  meter.reports = []
  timed(() => JSON.parse(JSON.stringify(reports)))
}

class CountingStore implements CheckpointStore {
  bytes = 0
  /** Wall ms that the caller is kept waiting. */
  waitMs = 0
  private readonly store: CheckpointStore

  constructor(store: CheckpointStore) {
    this.store = store
  }

  read(): Promise<ReadonlyMap<string, string>> {
    return this.store.read()
  }

  write(step: CheckpointStep): Promise<void> {
    for (const text of step.put.values()) this.bytes += text.length
    const began = performance.now()
    const written = this.store.write(step)
    this.waitMs += performance.now() - began
    return written
  }

  clear(): Promise<void> {
    return this.store.clear()
  }
}

interface Stepped {
  /** Runs one batch; gives its processor ms. */
  step(): Promise<number>
  end(): void
}

/** A pipeline that runs a batch when it is told. */
async function open(
  keys: number,
  state: NodeText,
  store: CheckpointStore,
  batches: number,
  pace: Pace,
): Promise<Stepped> {
  const name = (key: number): string => `user-${String(key).padStart(7, '0')}`
  const some = Math.max(1, Math.floor(keys * TOUCHED))
  const input = Array.from({ length: batches }, (_, batch): readonly Json[] =>
    batch === 0
      ? Array.from({ length: keys }, (_each, key) => [name(key), 1])
      : Array.from({ length: RECORDS }, (_each, n) => [name((batch * some + (n % some)) % keys), n]),
  )
  const document = documentOf({
    pairs: ['queueStream', { batches: [] }],
    state,
    out: ['print', {}, 'state'],
  })
  let completed = (): void => {}
  let ended = (): void => {}
  const death = new Promise<void>((resolve) => {
    ended = resolve
  })
  const context = await new Promise<StreamingContext>((resolve) => {
    const inputs = { pairs: { batches: input, partitions: 2 } }
    void runPipeline(document, {
      batches,
      inputs,
      store,
      pace,
      death,
      paused: true,
      drive: resolve,
      onCompleted: () => completed(),
    })
  })
  return {
    step: async () => {
      const began = cpuMs()
      await new Promise<void>((resolve) => {
        completed = resolve
        void context.step()
      })
      await new Promise((resolve) => setImmediate(resolve))
      return cpuMs() - began
    },
    end: ended,
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

function spread(values: readonly number[], print: (value: number) => string): string {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number): string => print(sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN)
  return `${at(0.5)} (${at(0.1)}–${at(0.9)})`
}

interface Cost {
  /** Processor ms of the checkpoint, and of the batch with it. */
  readonly ms: number
  readonly withMs: number
  readonly share: number
  readonly ratio: number
  readonly bytes: number
  readonly waitMs: number
  readonly pieceChars: number
}

const ms = (value: number): string => value.toFixed(2)
const percent = (value: number): string => `${(100 * value).toFixed(1)} %`

function mean(costs: readonly Cost[], of: keyof Cost): number {
  return costs.reduce((sum, cost) => sum + cost[of], 0) / costs.length
}

function printCosts(what: string, costs: readonly Cost[]): void {
  const each = (of: keyof Cost): readonly number[] => costs.map((cost) => cost[of])
  const average = mean(costs, 'ms') / mean(costs, 'withMs')
  console.log(`  ${costs.length} batches: ${what}`)
  console.log(
    `    of a batch ${percent(average)} on average; median (p10–p90) ${spread(each('share'), percent)}, ${spread(each('ms'), ms)} ms of ${spread(each('withMs'), ms)}`,
  )
  console.log(
    `    batch with / without ${spread(each('ratio'), ms)}; in the store ${spread(each('waitMs'), ms)} ms of the wall clock; ${Math.round(mean(costs, 'bytes') / 1000)} kB written on average`,
  )
}

async function measure(keys: number, title: string, state: NodeText, store: CheckpointStore): Promise<void> {
  const rounds = keys >= 1_000_000 ? 36 : 120
  const counting = new CountingStore(store)
  // Wholes are begun after a third of the batches, or earlier where edits come to as much.
  const pace = { ...usualPace, mostEdits: rounds / 3 }
  const kept = await open(keys, state, counting, rounds + 2, pace)
  const bare = await open(keys, state, new MemoryCheckpointStore(), rounds + 2, pace)
  const costs: Cost[] = []
  let wholeChars = 0
  for (let round = 0; round <= rounds; round++) {
    meter.isOn = true
    meter.ms = 0
    meter.pieceChars = 0
    counting.bytes = 0
    counting.waitMs = 0
    const withMs = await kept.step()
    transport()
    const { ms, pieceChars } = meter
    meter.isOn = false
    const withoutMs = await bare.step()
    const { bytes, waitMs } = counting
    if (round === 0) wholeChars = bytes
    else costs.push({ ms, share: ms / withMs, ratio: withMs / withoutMs, withMs, bytes, waitMs, pieceChars })
  }
  kept.end()
  bare.end()
  console.log(`${title}, ${keys} keys`)
  const usual = costs.filter(({ pieceChars }) => pieceChars === 0)
  const telling = costs.filter(({ pieceChars }) => pieceChars > 0)
  printCosts('what became other', usual)
  if (telling.length > 0) {
    printCosts('and a piece of a whole', telling)
    const extra = mean(telling, 'ms') - mean(usual, 'ms')
    const pieces = wholeChars / mean(telling, 'pieceChars')
    const usualMs = median(usual.map(({ withMs }) => withMs))
    const worst = Math.max(...telling.map(({ ms }) => ms)) / usualMs
    console.log(
      `  the whole state ${ms(extra * pieces)} ms in ${pieces.toFixed(0)} batches, ${percent((extra * pieces) / usualMs)} of a usual one; the worst batch ${percent(worst)}`,
    )
  }
  const began = cpuMs()
  const stored = readStoredRun(await store.read())
  const readMs = cpuMs() - began
  const newest = stored?.states.states.at(-1)
  const kind = title.startsWith('mapWithState') ? 'mapWithState' : 'state'
  for (const partition of newest?.partitions ?? []) restorePartition(kind, partition)
  const recoveryMs = cpuMs() - began
  const edits = median((newest?.partitions ?? []).map(({ texts, pieces = 1 }) => texts.length - pieces))
  console.log(
    `  recovery: ${ms(recoveryMs)} ms (${ms(readMs)} in the driver), ${newest?.keys} keys, ${edits} edits on the whole`,
  )
}

instrument()
const words = process.argv.slice(2)
const only = words.map(Number).filter(Number.isFinite)
const named = Object.keys(states).filter((name) => words.includes(name))
console.log(
  `load ${loadavg().map((each) => each.toFixed(1))}, ${RECORDS} records a batch, ${100 * TOUCHED} % of the keys touched`,
)
for (const keys of only.length > 0 ? only : [10_000, 100_000, 1_000_000]) {
  for (const [name, state] of Object.entries(states)) {
    if (named.length > 0 && !named.includes(name)) continue
    const dir = mkdtempSync(join(tmpdir(), 'sluice-bench-'))
    try {
      await measure(keys, `${name}, file`, state, await openFileCheckpointStore(dir))
      if (!name.endsWith('objects')) await measure(keys, `${name}, memory`, state, new MemoryCheckpointStore())
    } finally {
      rmSync(dir, { recursive: true })
    }
  }
}
process.exit(0)
