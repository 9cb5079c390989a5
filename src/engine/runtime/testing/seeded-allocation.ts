import type { Allocation, AllocationWish, Reallocation } from '#engine/runtime/driver/executors/allocation.ts'

/** Switches between numbers of executors at times that follow from a seed, whatever batches take. */
export class SeededAllocation implements Allocation {
  executors = 1
  readonly why = 'trying'
  wish: AllocationWish | undefined
  done = 0
  private readonly most: number
  private state: number

  constructor(most: number, seed: number) {
    this.most = most
    this.state = seed
  }

  batchEnded(): void {
    this.state = (Math.imul(this.state, 1103515245) + 12345) & 0x7fffffff
    const executors = 1 + ((this.state >> 8) % this.most)
    if (executors !== this.executors) this.wish = { executors, mostRecords: Number.POSITIVE_INFINITY }
  }

  moved({ done }: Reallocation): void {
    if (done && this.wish !== undefined) {
      this.executors = this.wish.executors
      this.done += 1
    }
    this.wish = undefined
  }
}
