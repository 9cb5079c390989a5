// What states keep for each key: `npm run bench:memory`. Keys are cut out of lines of 20 kB, so that one that were kept as it is cut would keep its line.
// Bytes are those of the heap after collecting garbage, without the texts of the checkpoint, over those of a Map<string, number>
// of the same keys. Each in a process of its own. With -- 1000000 only for so many keys.
// Beside a hundred thousand: what a state keeps through which ten million keys pass.

import { spawnSync } from 'node:child_process'
import type { CheckpointStep, CheckpointStore } from '#engine/checkpoint/checkpoint-store.ts'
import { retainKey } from '#engine/record/retain-key.ts'
import type { StreamingContext } from '#engine/runtime/driver/context/streaming-context.ts'
import { StateMap } from '#engine/runtime/executor/state/state-map.ts'
import { documentOf, type NodeText } from '#engine/runtime/testing/document.ts'
import { runPipeline } from '#engine/runtime/testing/run-pipeline.ts'

const KEYS_PER_LINE = 1400
/** Of the keys, touched by each batch after the first. */
const TOUCHED = 0.01
/** Batches after which the heap is read: after a few, and when as many are remembered as ever are. */
const READINGS = [3, 48]

interface Kept {
  readonly state: NodeText
  /** Key number `n` of batch `b`, when the first batch brings `keys` keys. */
  readonly keyOf: string
}

const again = '(b === 0 ? n : (b * Math.ceil(keys / 100) + n) % keys)'
const others = '(b === 0 ? n : keys + b * Math.ceil(keys / 100) + n)'

const cases: Readonly<Record<string, Kept>> = {
  updateStateByKey: {
    state: ['updateStateByKey', { fn: '(values, state) => (state ?? 0) + values.length' }, 'pairs'],
    keyOf: again,
  },
  'updateStateByKey, objects': {
    state: [
      'updateStateByKey',
      { fn: '(values, s) => values.length === 0 ? s : ({ n: (s?.n ?? 0) + values.length })' },
      'pairs',
    ],
    keyOf: again,
  },
  mapWithState: {
    state: [
      'mapWithState',
      { fn: '(timeMs, key, value, state) => { state.update((state.getOption() ?? 0) + 1) }', api: 'advanced' },
      'pairs',
    ],
    keyOf: again,
  },
  'mapWithState, other keys with every batch': {
    state: [
      'mapWithState',
      {
        fn: '(timeMs, key, value, state) => { if (!state.isTimingOut()) state.update(1) }',
        api: 'advanced',
        timeoutMs: 10_000,
      },
      'pairs',
    ],
    keyOf: others,
  },
}

const PASSING = 'passing'

function heap(): number {
  globalThis.gc?.()
  globalThis.gc?.()
  return process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers
}

/** Bytes of a key in a Map<string, number>. */
function mapBytes(keys: number): number {
  const before = heap()
  const map = new Map<string, number>()
  for (let n = 0; n < keys; n++) map.set(retainKey(`user-${String(n).padStart(9, '0')}`), n)
  const bytes = heap() - before
  if (map.size !== keys) throw new Error('the map is kept until here')
  return bytes / keys
}

/** Knows how long the texts are that a checkpoint holds: so much the driver keeps of them in memory. */
class LengthStore implements CheckpointStore {
  private readonly lengths = new Map<string, number>()

  get length(): number {
    let sum = 0
    for (const length of this.lengths.values()) sum += length
    return sum
  }

  async read(): Promise<ReadonlyMap<string, string>> {
    return new Map()
  }

  async write({ put, remove }: CheckpointStep): Promise<void> {
    for (const [key, text] of put) this.lengths.set(key, text.length)
    for (const key of remove) this.lengths.delete(key)
  }

  async clear(): Promise<void> {
    this.lengths.clear()
  }
}

/** Bytes per key after each reading. */
async function measure({ state, keyOf }: Kept, keys: number): Promise<readonly number[]> {
  const lines = Math.ceil(keys / KEYS_PER_LINE)
  const fn = `i => {
    const keys = ${keys}, lines = ${lines}, b = Math.floor(i / lines), line = i % lines
    const count = b === 0 ? keys : Math.ceil(keys * ${TOUCHED}), each = Math.ceil(count / lines)
    let text = ''
    for (let n = line * each; n < Math.min(count, (line + 1) * each); n++) text += 'user-' + String(${keyOf}).padStart(9, '0') + ' '
    return text
  }`
  const document = documentOf(
    {
      lines: ['simulatedTextStream', { generator: 'custom', fn, rowsPerSecond: lines, partitions: 1 }],
      pairs: ['flatMap', { fn: "line => line.split(' ').filter(key => key !== '').map(key => [key, 1])" }, 'lines'],
      state,
      out: ['print', { num: 1 }, 'state'],
    },
    { master: 'local[1]' },
  )
  const store = new LengthStore()
  const before = heap()
  let failures = 0
  let completed = (): void => {}
  let ended = (): void => {}
  const death = new Promise<void>((resolve) => {
    ended = resolve
  })
  const last = READINGS.at(-1) ?? 0
  const context = await new Promise<StreamingContext>((resolve) => {
    void runPipeline(document, {
      batches: last + 1,
      store,
      death,
      paused: true,
      drive: resolve,
      forget: true,
      onCompleted: ({ outputs }) => {
        if (outputs.some(({ failureReason }) => failureReason !== undefined)) failures += 1
        completed()
      },
    })
  })
  const bytes: number[] = []
  for (let batch = 1; batch <= last; batch++) {
    await new Promise<void>((resolve) => {
      completed = resolve
      void context.step()
    })
    if (READINGS.includes(batch)) bytes.push((heap() - before - store.length) / keys)
  }
  ended()
  if (failures > 0) throw new Error(`${failures} batches failed`)
  return bytes
}

/** Ten million keys pass through a state of a hundred thousand, twenty versions of which are remembered: bytes per key that is there, at its worst. */
function tellPassing(base: number): void {
  const live = 100_000
  const each = live / 10
  const remembered: StateMap[] = []
  const before = heap()
  let map = new StateMap()
  let most = 0
  const name = (n: number): string => `user-${String(n).padStart(9, '0')}`
  for (let batch = 0; batch * each < 10_000_000; batch++) {
    map = map.copy()
    remembered.push(map)
    if (remembered.length > 20) remembered.shift()
    for (let n = batch * each; n < (batch + 1) * each; n++) {
      map.put(name(n), 1, batch * 1000)
      if (n >= live) map.remove(name(n - live))
    }
    if (batch % 25 === 24) most = Math.max(most, (heap() - before) / live)
  }
  console.log(
    `  ten million keys through 100000: at most ${most.toFixed(0)} bytes a key (${(most / base).toFixed(1)}×)`,
  )
}

/** Measures one case, or the map, and prints it. */
async function tell(title: string, keys: number, base: number): Promise<void> {
  if (title === PASSING) return tellPassing(base)
  const kept = cases[title]
  if (kept === undefined) {
    console.log(mapBytes(keys))
    return
  }
  const bytes = await measure(kept, keys)
  const ratios = bytes.map((each) => `${each.toFixed(0)} (${(each / base).toFixed(2)}×)`)
  console.log(`  ${title.padEnd(44)} after ${READINGS.join(' and ')} batches ${ratios.join(' and ')}`)
}

/** The same in a process of its own. */
function ask(...words: readonly string[]): string {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [...process.execArgv, String(process.argv[1]), ...words],
    {
      encoding: 'utf8',
    },
  )
  if (status !== 0) throw new Error(stderr)
  return stdout
}

const [first = '', ...rest] = process.argv.slice(2)
if (first === 'tell') await tell(rest[0] ?? '', Number(rest[1]), Number(rest[2]))
else {
  for (const keys of first === '' ? [100_000, 1_000_000] : [Number(first)]) {
    const base = Number(ask('tell', 'map', String(keys)))
    console.log(`${keys} keys; a Map<string, number> keeps ${base.toFixed(0)} bytes a key`)
    for (const title of Object.keys(cases)) process.stdout.write(ask('tell', title, String(keys), String(base)))
    if (keys === 100_000) process.stdout.write(ask('tell', PASSING, String(keys), String(base)))
  }
}
process.exit(0)
