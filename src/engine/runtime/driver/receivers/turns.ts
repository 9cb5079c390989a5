/** Something that comes again and again, and those who wait for the next time. */
export class Turns {
  private waiting: (() => void)[] = []

  next(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve))
  }

  came(): void {
    for (const go of this.waiting.splice(0)) go()
  }
}
