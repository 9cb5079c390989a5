/** A set of small whole numbers.
 *  Keeps: a bit for each number below the highest */
export class SlotSet {
  private words = new Int32Array(0)

  has(slot: number): boolean {
    return ((this.words[slot >> 5] ?? 0) & (1 << (slot & 31))) !== 0
  }

  add(slot: number): void {
    const at = slot >> 5
    if (at >= this.words.length) {
      const words = new Int32Array(Math.max(2 * this.words.length, at + 8))
      words.set(this.words)
      this.words = words
    }
    this.words[at] = (this.words[at] ?? 0) | (1 << (slot & 31))
  }
}
