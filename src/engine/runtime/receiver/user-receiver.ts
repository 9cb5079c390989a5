// What a custom receiver sees of us, and how its object is made from the value of the user's expression.

/** What user code may call, in Spark's names; `this` of a receiver has it too.
 *  Source: receiver/Receiver */
export interface ReceiverApi {
  readonly streamId: number
  /** A record: resolves when more may be stored. An array or another iterable of records: one block, resolves when it is stored. */
  store(data: unknown): Promise<void>
  /** A record, whatever it is: for pairs and other arrays. */
  storeItem(record: unknown): Promise<void>
  reportError(message: unknown, error?: unknown): void
  restart(message: unknown, error?: unknown, delayMs?: unknown): void
  stop(message: unknown, error?: unknown): void
  isStarted(): boolean
  isStopped(): boolean
}

const METHODS = ['store', 'storeItem', 'reportError', 'restart', 'stop', 'isStarted', 'isStopped'] as const

/** The receiver of the user's making. */
export interface UserReceiver {
  /** Name of its class, or empty. */
  readonly name: string
  start(): unknown
  stop(): unknown
}

/** The class that receivers may extend, as in Spark. */
export function makeReceiverClass(api: ReceiverApi): new () => object {
  return class Receiver {
    get streamId(): number {
      return api.streamId
    }
    store(data: unknown): Promise<void> {
      return api.store(data)
    }
    storeItem(record: unknown): Promise<void> {
      return api.storeItem(record)
    }
    reportError(message: unknown, error?: unknown): void {
      api.reportError(message, error)
    }
    restart(message: unknown, error?: unknown, delayMs?: unknown): void {
      api.restart(message, error, delayMs)
    }
    stop(message: unknown, error?: unknown): void {
      api.stop(message, error)
    }
    isStarted(): boolean {
      return api.isStarted()
    }
    isStopped(): boolean {
      return api.isStopped()
    }
  }
}

/** Makes the receiver from an object, a class, or a function that gives an object.
 *  Fails: throws what is wrong with it, or what the user's constructor throws */
export function makeUserReceiver(value: unknown, api: ReceiverApi): UserReceiver {
  const made = isClass(value) ? new value() : typeof value === 'function' ? (value() as unknown) : value
  if (typeof made !== 'object' || made === null) throw new Error(`The source must give a receiver. ${FORM}`)
  const methods = made as Record<string, unknown> // only read, as unknown
  const { onStart, onStop } = methods
  if (typeof onStart !== 'function') throw new Error(`The receiver has no onStart. ${FORM}`)
  if (onStop !== undefined && typeof onStop !== 'function') throw new Error('onStop of the receiver is not a function.')
  for (const name of METHODS)
    if (!(name in made) && Object.isExtensible(made))
      Object.defineProperty(made, name, { value: api[name], writable: true, configurable: true })
  const name: unknown = made.constructor === Object ? '' : made.constructor?.name
  return {
    name: typeof name === 'string' ? name.slice(0, 100) : '',
    start: () => onStart.call(made, api) as unknown,
    stop: () => (onStop === undefined ? undefined : (onStop.call(made, api) as unknown)),
  }
}

const FORM = 'Give an object such as { onStart(receiver) { … }, onStop() { … } }, or a class that extends Receiver.'

/** A class, in difference to a function: its prototype cannot be replaced. */
function isClass(value: unknown): value is new () => unknown {
  return typeof value === 'function' && Object.getOwnPropertyDescriptor(value, 'prototype')?.writable === false
}
