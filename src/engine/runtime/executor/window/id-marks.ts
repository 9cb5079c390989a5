/** A number from 0 up to a bound by id, forgotten all at once. */
export class IdMarks {
  private marks = new Int32Array(64)
  /** Marks from before the last `begin` are below this. */
  private base = 0
  private range = 1

  /** Forgets all. Ids and marks to come are below these. */
  begin(capacity: number, range: number): void {
    this.base += this.range
    this.range = range + 1
    if (capacity > this.marks.length || this.base + this.range > MOST) {
      this.marks = new Int32Array(Math.max(2 * capacity, 64))
      this.base = 1
    }
  }

  set(id: number, mark: number): void {
    this.marks[id] = this.base + mark
  }

  /** -1: none. */
  get(id: number): number {
    const mark = (this.marks[id] ?? 0) - this.base
    return mark < 0 ? -1 : mark
  }
}

const MOST = 2 ** 31 - 1
