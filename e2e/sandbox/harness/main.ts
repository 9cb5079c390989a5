// The page under test: the real page side of the sandbox, with a driver worker and a kernel of the harness. Tests reach it as `lab`.
import { executorText } from 'virtual:sluice/executor-text'
import { probeText } from 'virtual:sluice/probe-text'
import { type ExecutorPool, openExecutorPool, type PoolState, SandboxRefused } from '#workers/page/executor-pool.ts'
import { createSandboxFrame } from '#workers/page/sandbox-frame.ts'
import { runSelfTest, type SelfTestVerdict } from '#workers/page/self-test.ts'
import type { DriverCommand, DriverNote } from './driver.worker.ts'
import type { KernelAnswer } from './kernel.ts'
import { measureFrames } from './measure-frames.ts'
import { runReceiver } from './run-receiver.ts'

const driver = new Worker(new URL('./driver.worker.ts', import.meta.url), { type: 'module' })
const answers = new Map<number, (answer: KernelAnswer) => void>()
const states: PoolState['kind'][] = []
const notes: unknown[] = []
const errors: string[] = []
let pool: ExecutorPool | undefined
let requests = 0

driver.onmessage = ({ data }: MessageEvent<DriverNote>) => {
  const answer = data.said as KernelAnswer // From the harness's kernel; anything else has no such id.
  const resolve = answers.get(answer.id)
  answers.delete(answer.id)
  if (resolve === undefined) notes.push({ executor: data.executor, said: data.said })
  else resolve(answer)
}

function attach(ports: MessagePort[]): void {
  driver.postMessage({ kind: 'attach' } satisfies DriverCommand, ports)
}

/** Opens a pool; `rebuilds` makes it start anew by itself when it dies, as the app does; `prelude` runs before the boot. */
async function open(executors: number, rebuilds = false, prelude = ''): Promise<number> {
  const startedMs = performance.now()
  pool = await openExecutorPool(executors, {
    createFrame: () => createSandboxFrame({ executor: `${prelude};${executorText}`, probe: probeText }),
    onState(state) {
      states.push(state.kind)
      if (state.kind === 'dead' && rebuilds) void rebuild()
    },
    onError: (index, text) => errors.push(`${index}: ${text}`),
  })
  attach(pool.ports)
  await pool.ready
  return performance.now() - startedMs
}

async function rebuild(): Promise<void> {
  const generation = await pool?.rebuild()
  if (generation === undefined) throw new Error('no pool is open')
  attach(generation.ports)
  await generation.ready
}

/** Runs a module's `run` in an executor; without a module, the kernel checks itself. Never settles when the executor hangs. */
function call(executor: number, module?: string, input?: unknown): Promise<KernelAnswer> {
  requests += 1
  const id = requests
  const request = module === undefined ? { id } : { id, module, input }
  return new Promise((resolve) => {
    answers.set(id, resolve)
    driver.postMessage({ kind: 'call', executor, request } satisfies DriverCommand)
  })
}

/** Lets a module hang for `hangMs`, then kills; frame gaps and times in ms. */
async function hang(module: string, hangMs: number) {
  let finished = false
  void call(0, module).then(() => {
    finished = true
  })
  const frames = measureFrames()
  await new Promise((resolve) => setTimeout(resolve, hangMs))
  const killedMs = performance.now()
  await rebuild()
  const { ok } = await call(0)
  const respawnMs = performance.now() - killedMs
  return { finished, ok, respawnMs, ...(await frames.stop()) }
}

/** Starts a worker of any text in a fresh sandbox, without strip or freeze, and calls each module in it: what the browser alone holds. */
async function openRaw(workerText: string): Promise<void> {
  const frame = createSandboxFrame({ executor: workerText, probe: probeText })
  const { port1, port2 } = new MessageChannel()
  attach([port1])
  await frame.spawn(0, 1, { driver: port2, peers: [] })
}

async function selfTest(workerText?: string): Promise<SelfTestVerdict> {
  const frame = createSandboxFrame({ executor: executorText, probe: workerText ?? probeText })
  const verdict = await runSelfTest(frame)
  frame.remove()
  return verdict
}

/** How opening ends on a page that is spoilt, or with a text run before the probe's; `frames` of this page are left then. */
async function openWithProbe(prelude = '') {
  const seen: string[] = []
  const createFrame = () => createSandboxFrame({ executor: executorText, probe: `${prelude};${probeText}` })
  const refusal = await openExecutorPool(1, { createFrame, onState: ({ kind }) => seen.push(kind) }).then(
    () => undefined,
    (error) => (error instanceof SandboxRefused ? error.verdict : undefined),
  )
  const frames = document.querySelectorAll('iframe').length
  return { states: seen, check: refusal?.check, detail: refusal?.detail ?? '', frames }
}

/** Waits until the pool is dead and ready again, then posts what was seen to the server. */
async function reportRecovery(): Promise<void> {
  const frames = measureFrames()
  await until(() => states.includes('dead'))
  const deadMs = performance.now()
  const deadAtMs = Date.now()
  await until(() => states.at(-1) === 'ready')
  const answers = await Promise.all([call(0), call(1)])
  const recoveredMs = performance.now()
  const seen = { states, answers, deadAtMs, deadMs, recoveredMs, ...(await frames.stop()) }
  await fetch('/report', { method: 'POST', body: JSON.stringify(seen) })
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5))
}

const lab = {
  reportRecovery,
  open,
  openRaw,
  openWithProbe,
  selfTest,
  rebuild,
  runReceiver,
  call,
  hang,
  states,
  notes,
  errors,
  close: () => pool?.close(),
}
export type Lab = typeof lab
declare global {
  interface Window {
    lab: Lab
  }
}
window.lab = lab
