import { retainKey } from '#engine/record/retain-key.ts'
import { blockOf, type LineChunk, splitLines } from './line-chunk.ts'

/** Lines that wait, in order, as the texts in which they came. */
export class LineQueue {
  /** None is empty. */
  private chunks: LineChunk[] = []
  /** The first of them is the rest of a message, and keeps it alive. */
  private isRest = false
  /** Lines that wait. */
  count = 0
  /** Their characters. */
  chars = 0

  /** Takes as many of the chunk's first lines as find room among `most`. Gives how many did not. */
  add(chunk: LineChunk, most: number): number {
    const room = Math.min(chunk.count, Math.max(0, most - this.count))
    if (room > 0) this.push(room === chunk.count ? chunk : splitLines(chunk, room)[0])
    return chunk.count - room
  }

  /** Takes out the first lines, `most` of them if there are as many. A message that is taken whole and alone is not copied. */
  take(most: number): ReturnType<typeof blockOf> {
    const taken = this.chunks.splice(0, this.wholeChunks(most))
    const [first] = taken
    const beginsWithRest = first !== undefined && this.isRest
    if (first !== undefined) this.isRest = false
    const left = most - taken.reduce((sum, { count }) => sum + count, 0)
    const [next] = this.chunks
    if (next !== undefined && left > 0) {
      const [head, rest] = splitLines(next, left)
      taken.push(head)
      this.chunks[0] = rest
      this.isRest = true
    }
    if (beginsWithRest && taken.length > 1) taken[0] = { ...first, text: retainKey(first.text) }
    const lines = blockOf(taken)
    this.count -= lines.count
    this.chars = this.chunks.reduce((sum, { text }) => sum + text.length, 0)
    return lines
  }

  private push(chunk: LineChunk): void {
    this.chunks.push(chunk)
    this.count += chunk.count
    this.chars += chunk.text.length
  }

  /** How many chunks hold no more than so many lines together. */
  private wholeChunks(lines: number): number {
    let chunks = 0
    for (let left = lines; chunks < this.chunks.length; chunks++) {
      left -= this.chunks[chunks]?.count ?? 0
      if (left < 0) break
    }
    return chunks
  }
}
