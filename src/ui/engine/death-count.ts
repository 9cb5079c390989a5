/** A driver that dies more often than this within a minute is not started again. */
const DEATHS_PER_MINUTE = 3

/** The deaths of our drivers in the last minute. */
export class DeathCount {
  #atMs: readonly number[] = []

  /** Counts one more; whether they have become too many. */
  add(nowMs: number): boolean {
    this.#atMs = [...this.#atMs.filter((atMs) => nowMs - atMs < 60_000), nowMs]
    return this.#atMs.length > DEATHS_PER_MINUTE
  }
}
