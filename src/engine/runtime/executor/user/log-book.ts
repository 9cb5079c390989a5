import { describeValue } from '#engine/record/describe.ts'

const MAX_LINES = 200
const MAX_LINE_CHARS = 2_000

/** What one job logs. Bounded, since user code may log in a loop. */
export class LogPage {
  private readonly taken: string[] = []
  private dropped = 0

  lines(): readonly string[] {
    return this.dropped === 0 ? this.taken : [...this.taken, `… ${this.dropped} more lines`]
  }

  write(values: readonly unknown[]): void {
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

/** The console of user functions: what they log goes to the page of the job whose turn it is. */
export class LogBook {
  page = new LogPage()

  /** What user functions know as `console`. */
  console(): Readonly<Record<string, (...values: unknown[]) => void>> {
    const log = (...values: unknown[]): void => this.page.write(values)
    return Object.freeze({ log, info: log, warn: log, error: log, debug: log })
  }
}
