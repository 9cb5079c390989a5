import type { ExecutorPorts, FrameDeath, SandboxFrame } from './sandbox-frame.ts'
import { runSelfTest, type SelfTestVerdict } from './self-test.ts'

export type PoolState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'ready' }
  /** All executors are lost; call `rebuild`. */
  | { readonly kind: 'dead'; readonly death: FrameDeath }
  | { readonly kind: 'rebuilding' }
  /** This browser does not hold foreign code as it must: nothing runs, and there is no second way. */
  | { readonly kind: 'refused'; readonly verdict: SelfTestVerdict & { readonly ok: false } }
  | { readonly kind: 'closed' }

/** The executors of one frame's life. */
export interface ExecutorGeneration {
  /** By executor index, to be transferred to the driver worker. The page must not listen on them: a flood would stop the screen. */
  readonly ports: MessagePort[]
  /** All workers exist; rejects when the frame dies first. What the ports are sent before waits in them. */
  readonly ready: Promise<void>
}

export interface ExecutorPool extends ExecutorGeneration {
  readonly executors: number
  readonly state: PoolState
  /** Ends all executors for certain, hung ones too, and starts as many anew with new ports. */
  rebuild(): Promise<ExecutorGeneration>
  /** Ends one executor's worker; whoever waits for it waits in vain. */
  end(index: number): void
  /** Ends all executors for good. */
  close(): void
}

export interface PoolOptions {
  readonly onState?: (state: PoolState) => void
  /** An error in an executor that nothing caught: the kernel's own, or why it did not start. Text to be shown as text. */
  readonly onError?: (index: number, text: string) => void
  readonly createFrame?: () => SandboxFrame
  /** One that was made beforehand, for this pool alone. */
  readonly sandbox?: Promise<TestedSandbox>
}

/** A sandbox that nobody runs anything in yet. */
export interface TestedSandbox {
  readonly frame: SandboxFrame
  readonly verdict: SelfTestVerdict
  /** Executors that wait in it, of use to a pool of as many. */
  readonly waiting?: ExecutorGeneration
}

export interface SandboxOptions {
  /** How many executors will probably be wanted: they start at once when the test is passed. */
  readonly executors?: number
  readonly createFrame?: () => SandboxFrame
}

/** Makes a sandbox and tests it, which can be done before anybody knows what shall run in it. */
export async function openSandbox({ executors = 0, createFrame }: SandboxOptions = {}): Promise<TestedSandbox> {
  const create = createFrame ?? (await loadFrame())
  const frame = create()
  const verdict = await runSelfTest(frame)
  return verdict.ok && executors > 0 ? { frame, verdict, waiting: spawnAll(frame, executors) } : { frame, verdict }
}

/** The frame's code brings the texts of all scripts in the sandbox, which are too large to hold up the page. */
async function loadFrame(): Promise<() => SandboxFrame> {
  const { createSandboxFrame } = await import('./sandbox-frame.ts')
  return () => createSandboxFrame()
}

/** The sandbox refused to open; `verdict` names the check that failed. */
export class SandboxRefused extends Error {
  readonly verdict: SelfTestVerdict & { readonly ok: false }

  constructor(verdict: SelfTestVerdict & { readonly ok: false }) {
    super(`this browser does not hold foreign code safely: ${verdict.check} (${verdict.detail})`)
    this.verdict = verdict
  }
}

/** Makes a sandbox, tests it, and starts `executors` of them in it.
 *  Fails: rejects with SandboxRefused when the self-test fails; nothing has run then. */
export async function openExecutorPool(executors: number, options: PoolOptions = {}): Promise<ExecutorPool> {
  const { onState, onError } = options
  let state: PoolState = { kind: 'starting' }
  onState?.(state)
  const createFrame = options.createFrame ?? (await loadFrame())
  const tested = await (options.sandbox ?? openSandbox({ createFrame }))
  const { verdict } = tested
  let { frame } = tested

  function enter(next: PoolState): void {
    state = next
    onState?.(next)
  }

  function populate(waiting?: ExecutorGeneration): ExecutorGeneration {
    const current = frame
    current.onDead((death) => {
      if (current === frame) enter({ kind: 'dead', death })
    })
    current.onError((index, text) => onError?.(index, text))
    const { ports, ready: spawned } = fitting(waiting, current) ?? spawnAll(current, executors)
    const ready = spawned.then(() => {
      if (current === frame && state.kind !== 'dead') enter({ kind: 'ready' })
    })
    ready.catch(() => {})
    return { ports, ready }
  }

  /** Those that wait, if they are as many as are wanted: each knows how many there are. */
  function fitting(waiting: ExecutorGeneration | undefined, current: SandboxFrame): ExecutorGeneration | undefined {
    if (waiting === undefined || waiting.ports.length === executors) return waiting
    for (const [index, port] of waiting.ports.entries()) {
      port.close()
      current.terminate(index)
    }
    return undefined
  }

  if (!verdict.ok) {
    frame.remove()
    enter({ kind: 'refused', verdict })
    throw new SandboxRefused(verdict)
  }

  return {
    ...populate(tested.waiting),
    executors,
    get state() {
      return state
    },
    async rebuild() {
      if (state.kind === 'closed') throw new Error('the pool is closed')
      frame.remove()
      enter({ kind: 'rebuilding' })
      // The verdict was about this browser and these policies, neither of which has changed.
      frame = createFrame()
      return populate()
    },
    end(index) {
      frame.terminate(index)
    },
    close() {
      frame.remove()
      enter({ kind: 'closed' })
    },
  }
}

function spawnAll(frame: SandboxFrame, executors: number): ExecutorGeneration {
  const { outer, inner } = connect(executors)
  const ready = Promise.all(inner.map((ports, index) => frame.spawn(index, executors, ports))).then(() => {})
  // Whoever waits hears of it.
  ready.catch(() => {})
  return { ports: outer, ready }
}

/** Channels driver ↔ executor and executor ↔ executor. */
function connect(executors: number): { outer: MessagePort[]; inner: ExecutorPorts[] } {
  const outer: MessagePort[] = []
  const inner: { driver: MessagePort; peers: MessagePort[] }[] = []
  for (let index = 0; index < executors; index += 1) {
    const { port1, port2 } = new MessageChannel()
    outer.push(port1)
    inner.push({ driver: port2, peers: [] })
  }
  // In this order every executor's peers end up sorted by index.
  for (const [later, laterPorts] of inner.entries()) {
    for (const earlierPorts of inner.slice(0, later)) {
      const { port1, port2 } = new MessageChannel()
      earlierPorts.peers.push(port1)
      laterPorts.peers.push(port2)
    }
  }
  return { outer, inner }
}
