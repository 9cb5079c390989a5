import { describeValue } from '#engine/record/describe.ts'

const MAX_LINES = 200
const MAX_LINE_CHARS = 2_000

/** The console of user functions: it collects what the job at hand logs. Bounded, since user code may log in a loop. */
export class LogBook {
  private taken: string[] = []
  private dropped = 0

  /** Starts a new job's page. */
  open(): void {
    this.taken = []
    this.dropped = 0
  }

  lines(): readonly string[] {
    return this.dropped === 0 ? this.taken : [...this.taken, `… ${this.dropped} more lines`]
  }

  /** What user functions know as `console`. */
  console(): Readonly<Record<string, (...values: unknown[]) => void>> {
    const log = (...values: unknown[]): void => this.write(values)
    return Object.freeze({ log, info: log, warn: log, error: log, debug: log })
  }

  private write(values: readonly unknown[]): void {
    if (this.taken.length >= MAX_LINES) {
      this.dropped += 1
      return
    }
    const text = values
      .map((value) => (typeof value === 'string' ? value : describeValue(value, MAX_LINE_CHARS)))
      .join(' ')
    this.taken.push(text.slice(0, MAX_LINE_CHARS))
  }
}
