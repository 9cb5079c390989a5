import type { ReceiverHost } from './receiver-host.ts'

type Callback = (...args: unknown[]) => unknown
type SetTimer = (fn: unknown, delayMs?: unknown, ...args: unknown[]) => number
type ClearTimer = (id?: unknown) => void

/** What receivers know as timers. */
export interface UserTimers {
  readonly setTimeout: SetTimer
  readonly setInterval: SetTimer
  readonly clearTimeout: ClearTimer
  readonly clearInterval: ClearTimer
}

/** Timers for user code, and what ends all of them. What a callback throws, or its promise rejects with, goes to `onThrown`. */
export function makeUserTimers(
  setTimer: ReceiverHost['setTimer'],
  onThrown: (thrown: unknown) => void,
): { readonly timers: UserTimers; clearAll(): void } {
  const running = new Map<number, () => void>()
  let last = 0
  const set = (fn: unknown, delayMs: unknown, args: unknown[], repeats: boolean): number => {
    if (typeof fn !== 'function') throw new TypeError('A timer needs a function.')
    const callback = fn as Callback // just tested; what it takes is the user's business
    const id = ++last
    const call = (): void => {
      if (!repeats) running.delete(id)
      void runUser(() => callback(...args)).catch(onThrown)
    }
    running.set(id, setTimer(call, Math.max(repeats ? 1 : 0, Number(delayMs) || 0), repeats))
    return id
  }
  const clear = (id: unknown): void => {
    if (typeof id !== 'number') return
    running.get(id)?.()
    running.delete(id)
  }
  return {
    timers: Object.freeze({
      setTimeout: (fn: unknown, delayMs?: unknown, ...args: unknown[]) => set(fn, delayMs, args, false),
      setInterval: (fn: unknown, delayMs?: unknown, ...args: unknown[]) => set(fn, delayMs, args, true),
      clearTimeout: clear,
      clearInterval: clear,
    }),
    clearAll: () => {
      for (const end of running.values()) end()
      running.clear()
    },
  }
}

/** Runs user code at once; what it throws, at once or as a promise, is a rejection. */
export async function runUser(run: () => unknown): Promise<void> {
  await run()
}
