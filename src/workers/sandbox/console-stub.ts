import type { LogLevel } from '#engine/model/batch-data.ts'
import { printingMethods, silentMethods } from '#engine/runtime/executor/user/console-methods.ts'

/** What a call of `console` becomes: it travels on the executor's port to the driver, among the engine's own messages. */
export interface ConsoleLine {
  readonly kind: 'log'
  readonly level: LogLevel
  /** At most MAX_CHARS characters; to be shown as text only. */
  readonly text: string
  /** Calls since the line before that were not sent because the budget was spent. */
  readonly dropped: number
}

const MAX_CHARS = 2_000
const CALLS_PER_SECOND = 20

/** Replaces `console`: the browser's own jams the broker when it is called in a loop, and shows in the wrong place.
 *  `send` is called at most CALLS_PER_SECOND times a second, however often user code prints. */
export function installConsole(send: (log: ConsoleLine) => void): void {
  let secondMs = 0
  let calls = 0
  let dropped = 0
  const clock = Date.now

  function print(level: LogLevel, values: readonly unknown[]): void {
    const nowMs = clock()
    // A clock set back must not silence the console for long.
    if (nowMs - secondMs >= 1_000 || nowMs < secondMs) {
      secondMs = nowMs
      calls = 0
    }
    if (calls >= CALLS_PER_SECOND) {
      dropped += 1
      return
    }
    calls += 1
    send({ kind: 'log', level, text: printValues(values), dropped })
    dropped = 0
  }

  const stub: Record<string, (...values: unknown[]) => void> = {}
  for (const [name, level] of Object.entries(printingMethods)) stub[name] = (...values) => print(level, values)
  for (const name of silentMethods) stub[name] = () => {}
  Object.defineProperty(globalThis, 'console', { value: stub, writable: true, enumerable: false, configurable: true })
}

function printValues(values: readonly unknown[]): string {
  let text = ''
  for (const value of values) {
    text += `${text === '' ? '' : ' '}${printValue(value)}`
    if (text.length > MAX_CHARS) return `${text.slice(0, MAX_CHARS - 1)}…`
  }
  return text
}

/** Runs user code where a value has a `toJSON` or `toString` of its own, as printing does anywhere. */
function printValue(value: unknown): string {
  try {
    if (typeof value === 'string') return value
    if (value instanceof Error) return `${value.name}: ${value.message}`
    if (typeof value === 'object' && value !== null) return JSON.stringify(value) ?? typeof value
    return String(value)
  } catch {
    return `(a value of type ${typeof value} that cannot be printed)`
  }
}
