/** Idle time that a limiter makes up for at most. Source: Guava's RateLimiter.create, which RateLimiter builds on */
const BURST_MS = 1_000

export interface LimiterOptions {
  /** Records a second that no rate exceeds; Infinity = no limit. */
  readonly maxRate: number
  /** Until a first update; absent = `maxRate`. */
  readonly initialRate?: number
  /** How often records are taken. */
  readonly intervalMs: number
}

/** How many records of a receiver may pass, as a token bucket. Spark blocks the receiver's thread record by record; our sources cannot
 *  be blocked, so records are taken once per block interval: at each take, as many as the rate allows for the time since the first
 *  record that was not used yet. Unused time is kept for a second (or one interval, when that is longer) and survives a change of the rate.
 *  Units:  wall ms, records a second
 *  Source: receiver/RateLimiter; dstream-semantics §7.4 */
export class RateLimiter {
  private readonly maxRate: number
  private readonly mostCreditMs: number
  private rate: number
  private creditMs = 0
  /** Until when time was credited; undefined before the first record. */
  private creditedMs: number | undefined

  constructor({ maxRate, initialRate = maxRate, intervalMs }: LimiterOptions) {
    this.maxRate = maxRate
    this.rate = Math.min(initialRate, maxRate)
    this.mostCreditMs = Math.max(BURST_MS, intervalMs)
  }

  /** Records a second; Infinity = no limit. */
  get currentLimit(): number {
    return this.rate
  }

  /** A new rate, capped by the largest; one that is not above 0 changes nothing. */
  update(rate: number): void {
    if (rate > 0) this.rate = Math.min(rate, this.maxRate)
  }

  /** A record came: time counts from the first. */
  begin(nowMs: number): void {
    this.creditedMs ??= nowMs
  }

  /** How many of `waiting` records may pass now. They count as passed. */
  take(waiting: number, nowMs: number): number {
    this.creditMs = Math.min(this.mostCreditMs, this.creditMs + Math.max(0, nowMs - (this.creditedMs ?? nowMs)))
    this.creditedMs = this.creditedMs === undefined ? undefined : nowMs
    if (this.rate === Number.POSITIVE_INFINITY) return waiting
    // Rates and times are rarely exact in binary: a record must not wait for the last bit.
    const taken = Math.min(waiting, Math.floor((this.creditMs * this.rate) / 1000 + 1e-6))
    this.creditMs = Math.max(0, this.creditMs - (taken * 1000) / this.rate)
    return taken
  }
}
