/** A jump of the wall clock below this is left to the steady one, which has no steps. */
const LEAST_JUMP_MS = 1000

/** Wall ms that never go back and have no small steps. Steady clocks stand still while a computer sleeps; then this one catches up. */
export class WallClock {
  private readonly wallMs: () => number
  private readonly steadyMs: () => number
  private originMs: number

  constructor(wallMs: () => number, steadyMs: () => number) {
    this.wallMs = wallMs
    this.steadyMs = steadyMs
    this.originMs = wallMs() - steadyMs()
  }

  now(): number {
    const nowMs = this.originMs + this.steadyMs()
    const behindMs = this.wallMs() - nowMs
    if (behindMs < LEAST_JUMP_MS) return nowMs
    this.originMs += behindMs
    return nowMs + behindMs
  }
}
