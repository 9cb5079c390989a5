import { joinLines, type LineChunk, splitLines } from './line-chunk.ts'

/** The last records of a source, for one that sends them again on demand. */
export class RecentRecords {
  private readonly most: number
  /** The newest chunks that hold as many lines as are kept, or all there were. */
  private chunks: LineChunk[] = []
  private lines = 0
  private texts: readonly string[] = []

  /** `most`: records that are kept. */
  constructor(most: number) {
    this.most = most
  }

  get count(): number {
    return Math.min(this.most, this.lines) + this.texts.length
  }

  addLines(chunk: LineChunk): void {
    if (chunk.count === 0) return
    this.chunks.push(chunk)
    this.lines += chunk.count
    while (this.lines - (this.chunks[0]?.count ?? 0) >= this.most) this.lines -= this.chunks.shift()?.count ?? 0
  }

  addTexts(texts: readonly string[]): void {
    this.texts = [...this.texts, ...texts.slice(-this.most)].slice(-this.most)
  }

  /** The newest lines, `most` of them if as many are kept. */
  lastLines(most: number): LineChunk {
    const wanted = Math.min(most, this.count)
    const all = joinLines(this.chunks)
    if (wanted <= 0) return joinLines([])
    return wanted === all.count ? all : splitLines(all, all.count - wanted)[1]
  }

  /** The newest texts, `most` of them if as many are kept. */
  lastTexts(most: number): readonly string[] {
    return this.texts.slice(Math.max(0, this.texts.length - most))
  }
}
