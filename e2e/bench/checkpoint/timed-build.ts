// The app as it is built for users, with clocks around the places where checkpoints cost something. What they show lies in the driver's global
// `checkpointTimings`.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { build, normalizePath, type Plugin } from 'vite'
import { PROJECT } from '#e2e/app/built-app.ts'
import { lateFunctions } from '#scripts/vite/late-functions.ts'
import { plainOperators } from '#scripts/vite/plain-operators.ts'
import { preload } from '#scripts/vite/preload.ts'
import { sandbox } from '#scripts/vite/sandbox.ts'

const runtime = normalizePath(join(PROJECT, 'src/engine/runtime/'))

/** Times what a worker does at once in these methods; of nested ones the outermost. */
const CLOCKS = `
const timings = globalThis.checkpointTimings ??= { sections: [], batches: [], steps: [], executors: [], restarts: [], depth: 0, forced: [], sending: 0 }
const timed = (name, act) => {
  if (timings.depth > 0) return act()
  timings.depth += 1
  const beganMs = performance.now()
  try { return act() } finally {
    timings.depth -= 1
    timings.sections.push([name, beganMs, performance.now() - beganMs])
  }
}
const clock = (prototype, names) => {
  for (const name of names) {
    const own = prototype[name]
    prototype[name] = function (...args) { return timed(name, () => own.apply(this, args)) }
  }
}
`

/** By the end of a module's path: what is added to it. */
const HOOKS: Readonly<Record<string, string>> = {
  'driver/context/checkpointer.ts': `${CLOCKS}
clock(Checkpointer.prototype, ['cut', 'forget', 'drop', 'save', 'resume'])
const { wholes } = Checkpointer.prototype
// Told to, all states are told whole from now on, piece by piece, as if edits had come to as much.
Checkpointer.prototype.wholes = function (rdds) {
  const { states } = this
  const { pace } = states
  const hasRdd = rdds.some((rdd) => this.isChained(rdd))
  if (hasRdd && timings.forced.shift() !== undefined) {
    const lengths = [...states.streams.values()].flatMap(({ chains }) => [...chains.values()].map(({ length }) => length))
    states.pace = { ...pace, mostEdits: Math.max(...lengths) / 1.5 }
  }
  const due = timed('wholes', () => wholes.call(this, rdds))
  states.pace = pace
  return due
}
// The copy that the store takes of a value.
clock(IDBObjectStore.prototype, ['put', 'delete'])
clock(IDBDatabase.prototype, ['transaction'])
// A message is taken apart when its data is read.
const data = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data')
Object.defineProperty(MessageEvent.prototype, 'data', { ...data, get() { return timed('data', () => data.get.call(this)) } })
`,
  'checkpoint/checkpoint-writer.ts': `${CLOCKS}
const { send } = CheckpointWriter.prototype
CheckpointWriter.prototype.send = function (step) {
  const beganMs = performance.now()
  const chars = { edit: 0, whole: 0, other: 0 }
  for (const [key, text] of [...step.data, ...step.put])
    chars[key.startsWith('state/') ? 'edit' : /^(snapshot|piece)\\//.test(key) ? 'whole' : 'other'] += text.length
  chars.other += step.metadata?.length ?? 0
  timings.sending += 1
  const sent = timed('send', () => send.call(this, step))
  return sent.finally(() => {
    timings.sending -= 1
    timings.steps.push([beganMs, performance.now() - beganMs, chars.edit, chars.whole, chars.other])
  })
}
`,
  'driver/executors/executor-set.ts': `${CLOCKS}
const { receive } = ExecutorSet.prototype
ExecutorSet.prototype.receive = function (index, message) {
  if (message.kind === 'log' && message.text.startsWith('checkpoint ')) {
    const [, timeMs, ms] = message.text.split(' ')
    timings.executors.push([index, Number(timeMs), Number(ms)])
    return
  }
  timed('receive', () => receive.call(this, index, message))
}
`,
  'driver/scheduling/job-generator.ts': `${CLOCKS}
const begun = new Map()
const { generate, completed, restore } = JobGenerator.prototype
JobGenerator.prototype.generate = function (timeMs) {
  begun.set(timeMs, performance.now())
  return generate.call(this, timeMs)
}
JobGenerator.prototype.completed = function (set, ...more) {
  const computedMs = performance.now()
  completed.call(this, set, ...more)
  timings.batches.push([set.timeMs, begun.get(set.timeMs), computedMs, performance.now()])
}
JobGenerator.prototype.restore = function (stored) {
  const restored = restore.call(this, stored)
  timings.restarts.push(performance.now())
  return restored
}
`,
}

/** In the executor: from the moment that its states are looked at until the reply is on its way, all of it counted as the checkpoint's. */
function printKernel(): string {
  return `import { SnapshotReporter } from '${runtime}executor/jobs/report-snapshots.ts'
import { startExecutor as start } from '${runtime}executor/start-executor.ts'
export function startExecutor(host) {
  const { report } = SnapshotReporter.prototype
  let began
  SnapshotReporter.prototype.report = function (order) {
    began = [order.timeMs, host.now()]
    return report.call(this, order)
  }
  const post = (message, transfer) => {
    host.driver.post(message, transfer)
    if (message.kind !== 'part' || message.part < message.parts - 1 || began === undefined) return
    const [timeMs, beganMs] = began
    began = undefined
    host.driver.post({ kind: 'log', text: 'checkpoint ' + timeMs + ' ' + (host.now() - beganMs) })
  }
  start({ ...host, driver: { post, listen: host.driver.listen } })
}
`
}

function clocks(): Plugin {
  return {
    name: 'sluice:checkpoint-clocks',
    enforce: 'pre',
    transform(code, id) {
      const path = Object.keys(HOOKS).find((end) => id.endsWith(`/${end}`))
      if (path === undefined) return undefined
      // In a block: the names of the clocks are nobody else's.
      return { code: `// @ts-nocheck\n${code}\n{${HOOKS[path]}}\n`, map: null }
    },
  }
}

export interface TimedBuild {
  readonly folder: string
  remove(): Promise<void>
}

export async function buildTimed(): Promise<TimedBuild> {
  const work = await mkdtemp(join(tmpdir(), 'sluice-timed-'))
  const folder = join(work, 'app')
  const kernel = join(work, 'kernel.ts')
  await writeFile(kernel, printKernel())
  await build({
    configFile: false,
    root: PROJECT,
    base: './',
    logLevel: 'error',
    plugins: [react(), lateFunctions(), sandbox({ kernel }), preload()],
    build: { target: 'es2022', outDir: folder, emptyOutDir: true, reportCompressedSize: false },
    worker: { format: 'es', plugins: () => [sandbox({ kernel }), plainOperators(), clocks()] },
  })
  return { folder, remove: () => rm(work, { recursive: true }) }
}
