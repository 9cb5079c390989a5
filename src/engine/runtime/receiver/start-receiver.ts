import { IN_RECEIVER } from '#engine/compile/receiver-module.ts'
import { describeValue } from '#engine/record/describe.ts'
import { callsOf } from '#engine/runtime/executor/jobs/code-frames.ts'
import { messageOf } from '#engine/runtime/executor/jobs/step-failure.ts'
import { SharedVariables } from '#engine/runtime/executor/user/shared-variables.ts'
import { Outbox } from './outbox.ts'
import type { ReceiverHost } from './receiver-host.ts'
import { MAX_CALLS, MAX_TEXT, type ReceiverCommand, type ReceiverMessage, type Thrown } from './receiver-wire.ts'
import { makeReceiverClass, makeUserReceiver, type ReceiverApi, type UserReceiver } from './user-receiver.ts'
import { makeUserTimers, runUser } from './user-timers.ts'

type Load = Extract<ReceiverCommand, { kind: 'load' }>

const NOT_ATTACHED =
  'A ReceiverSupervisor has not been attached to the receiver yet. Maybe you are starting some computation in the receiver before the Receiver.onStart() has been called.'
const NOT_RUNNING = 'Cannot add data as the receiver has been stopped'

/** Runs one custom receiver over its host's port.
 *  Source: receiver/Receiver, ReceiverSupervisor; dstream-semantics §7.4 */
export function startReceiver(host: ReceiverHost): void {
  const post = (message: ReceiverMessage): void => host.driver.post(message)
  let running: Promise<RunningReceiver | undefined> = Promise.resolve(undefined)
  const load = async (command: Load): Promise<RunningReceiver | undefined> => {
    try {
      const receiver = new RunningReceiver(host, command)
      const name = await receiver.load(command)
      post({ kind: 'loaded', name })
      return receiver
    } catch (thrown) {
      post({ kind: 'refused', ...whatWasThrown(thrown) })
      return undefined
    }
  }
  host.driver.listen((data) => {
    const command = data as ReceiverCommand // the driver is trusted, and nobody else holds the other end
    if (command.kind === 'load') running = load(command)
    else void running.then((receiver) => receiver?.take(command))
  })
}

/** One receiver and what it has stored. */
class RunningReceiver {
  private readonly host: ReceiverHost
  private readonly outbox: Outbox
  private readonly timers: ReturnType<typeof makeUserTimers>
  private readonly api: ReceiverApi
  private user: UserReceiver | undefined
  private state: 'initialized' | 'started' | 'stopped' = 'initialized'
  private isOver = false
  /** `ready` was said since the last answer. */
  private isSaid = false

  constructor(host: ReceiverHost, { streamId, window }: Load) {
    this.host = host
    this.outbox = new Outbox(window, () => this.say())
    this.timers = makeUserTimers(
      (fn, delayMs, repeats) => host.setTimer(fn, delayMs, repeats),
      (thrown) => this.reportError('Error in a timer of the receiver', thrown),
    )
    this.api = Object.freeze({
      streamId,
      store: (data: unknown) => this.store(data),
      storeItem: (record: unknown) => this.inTime(() => this.outbox.item(record)),
      reportError: (message: unknown, error?: unknown) => this.reportError(message, error),
      restart: (message: unknown, error?: unknown, delayMs?: unknown) => {
        const delay = typeof delayMs === 'number' && delayMs >= 0 ? Math.min(delayMs, 2 ** 31 - 1) : undefined
        this.outbox.note({ kind: 'restart', message: short(message), delayMs: delay, ...whatWasThrown(error) })
      },
      stop: (message: unknown, error?: unknown) =>
        this.outbox.note({ kind: 'stop', message: short(message), ...whatWasThrown(error) }),
      isStarted: () => this.state === 'started',
      isStopped: () => this.state === 'stopped',
    })
  }

  /** Gives the name of the receiver's class.
   *  Fails: rejects with what the text or the user's constructor throws */
  async load({ text, broadcasts }: Load): Promise<string> {
    const module = await this.host.importModule(text)
    // Our own text around the user's expression: see receiver-module.ts for its shape.
    const make = module.default as (...scope: unknown[]) => unknown
    const { setTimeout, setInterval, clearTimeout, clearInterval } = this.timers.timers
    const { acc, bc } = new SharedVariables([], broadcasts)
    const log = (...values: unknown[]): void => this.log(values)
    const console = Object.freeze({ log, info: log, warn: log, error: log, debug: log })
    const scope = [setTimeout, setInterval, clearTimeout, clearInterval]
    this.user = makeUserReceiver(make(console, acc, bc, makeReceiverClass(this.api), ...scope), this.api)
    return this.user.name
  }

  take(command: Exclude<ReceiverCommand, Load>): void {
    switch (command.kind) {
      case 'start':
        this.start()
        return
      case 'stop':
        this.stop(command.final)
        return
      case 'pull': {
        const { seq, records, blocks, window } = command
        this.outbox.window = window
        this.isSaid = false
        this.host.driver.post({ kind: 'answer', seq, ...this.outbox.pull(records, blocks) } satisfies ReceiverMessage)
        // What did not fit, and what waiting callers store now, is for the driver to ask for when it can take it.
        return
      }
      case 'stored':
        this.outbox.settle(command.block, command.ok)
    }
  }

  private start(): void {
    if (this.isOver) return
    this.state = 'started'
    void runUser(() => this.user?.start()).catch((thrown) => {
      this.outbox.note({ kind: 'startFailed', ...whatWasThrown(thrown) })
    })
    this.outbox.note({ kind: 'started' })
  }

  private stop(final: boolean): void {
    if (this.state === 'started') {
      this.state = 'stopped'
      void runUser(() => this.user?.stop()).catch((thrown) =>
        this.reportError('Error in onStop of the receiver', thrown),
      )
    }
    this.isOver ||= final
    if (final) this.timers.clearAll()
  }

  private store(data: unknown): Promise<void> {
    return this.inTime(() => {
      const records = blockOf(data)
      return records === undefined ? this.outbox.item(data) : this.outbox.block(records)
    })
  }

  /** Fails: throws at once before onStart and after the end, as in Spark */
  private inTime(store: () => Promise<void>): Promise<void> {
    if (this.state === 'initialized') throw new Error(NOT_ATTACHED)
    if (this.isOver) throw new Error(NOT_RUNNING)
    const stored = store()
    // Who does not wait for it need not hear that it failed: the driver does.
    stored.catch(() => {})
    return stored
  }

  private reportError(message: unknown, error?: unknown): void {
    this.outbox.note({ kind: 'reportError', message: short(message), ...whatWasThrown(error) })
  }

  private log(values: readonly unknown[]): void {
    const text = values.map((value) => (typeof value === 'string' ? value : describeValue(value, MAX_TEXT))).join(' ')
    this.outbox.note({ kind: 'log', text: text.slice(0, MAX_TEXT) })
  }

  private say(): void {
    if (this.isSaid) return
    this.isSaid = true
    this.host.driver.post({ kind: 'ready' } satisfies ReceiverMessage)
  }
}

/** The records of a block: those of an array, of another iterable, or of an iterator; undefined for what is one record. */
function blockOf(data: unknown): Iterable<unknown> | undefined {
  if (typeof data !== 'object' || data === null) return undefined
  if (Symbol.iterator in data) return data as Iterable<unknown> // just tested
  if (!('next' in data) || typeof data.next !== 'function') return undefined
  const iterator = data as unknown as Iterator<unknown> // as far as anybody can tell
  return { [Symbol.iterator]: () => iterator }
}

function short(message: unknown): string {
  return (typeof message === 'string' ? message : describeValue(message, MAX_TEXT)).slice(0, MAX_TEXT)
}

function whatWasThrown(error: unknown): Thrown {
  if (error === undefined || error === null) return { error: '' }
  const calls = callsOf(error, IN_RECEIVER).slice(0, MAX_CALLS)
  return { error: messageOf(error).slice(0, MAX_TEXT), ...(calls.length === 0 ? {} : { calls }) }
}
