import type { CodeFrame, FunctionLogs, LoggedLine, LoggingPlace, LogLevel } from '#engine/model/batch-data.ts'
import { cut, describeValue } from '#engine/record/describe.ts'

const MAX_BODY_LINES = 200
const MAX_BODY_CHARS = 2_000
/** Calls of one function that are shown of one job. */
export const SHOWN_CALLS = 50
const MAX_CHARS = 1_000
/** Of all functions of one job. */
const MAX_LINES = 300
const MAX_TOTAL_CHARS = 60_000

/** What one job logs. Bounded before anything is printed, since user code may log in a loop, and anything. */
export class LogPage {
  /** The body of an output operation runs: what the shared code logs is the output's. */
  isOfBody = false
  private readonly body: string[] = []
  private dropped = 0
  private readonly logged: LoggedLine[] = []
  private readonly calls = new Map<LoggingPlace, { shown: number; more: number }>()
  private room = MAX_TOTAL_CHARS
  /** Printing a value may run user code, which may log. */
  private isPrinting = false

  lines(): readonly string[] {
    return this.dropped === 0 ? this.body : [...this.body, `… ${this.dropped} more lines`]
  }

  /** What functions logged, undefined when they were silent. */
  logs(): FunctionLogs | undefined {
    if (this.calls.size === 0) return undefined
    const more = [...this.calls].flatMap(([place, { more: calls }]) => (calls === 0 ? [] : [{ ...place, calls }]))
    return { lines: this.logged, more }
  }

  /** A body of foreachRDD logs. */
  write(values: readonly unknown[]): void {
    if (this.body.length < MAX_BODY_LINES) this.print(values, MAX_BODY_CHARS, (text) => this.body.push(text))
    else this.dropped += 1
  }

  /** Another function logs. `place`: the same object for the same function; `frames`: the calls that led here, asked for what is shown. */
  log(place: LoggingPlace, level: LogLevel, values: readonly unknown[], frames: () => readonly CodeFrame[]): void {
    const calls = this.calls.get(place) ?? { shown: 0, more: 0 }
    if (calls.shown + calls.more === 0) this.calls.set(place, calls)
    if (calls.shown >= SHOWN_CALLS || this.logged.length >= MAX_LINES || this.room <= 0) {
      calls.more += 1
      return
    }
    calls.shown += 1
    const position = positionOf(place, frames())
    this.print(values, Math.min(MAX_CHARS, this.room), (text) => {
      this.room -= text.length
      this.logged.push({ ...place, level, text, ...position })
    })
  }

  private print(values: readonly unknown[], most: number, take: (text: string) => void): void {
    if (this.isPrinting) return
    this.isPrinting = true
    try {
      take(printValues(values, most))
    } finally {
      this.isPrinting = false
    }
  }
}

function printValues(values: readonly unknown[], most: number): string {
  let text = ''
  for (const value of values) {
    if (text.length > most) break
    const room = most - text.length
    const next = typeof value === 'string' ? value.slice(0, room + 1) : describeValue(value, room + 1)
    text = text === '' ? next : `${text} ${next}`
  }
  return cut(text, most)
}

/** The innermost call. Of one in the shared code the node is told whose function led there; a function may also hold the console of the shared code. */
function positionOf(place: LoggingPlace, frames: readonly CodeFrame[]): Partial<LoggedLine> {
  const [first] = frames
  if (first === undefined || (place.node !== undefined && first.param !== place.param)) return {}
  const { param, line, column } = first
  const node = frames.find((frame) => frame.node !== undefined)?.node
  return { ...(node === undefined ? {} : { node }), ...(param === undefined ? {} : { param }), line, column }
}
