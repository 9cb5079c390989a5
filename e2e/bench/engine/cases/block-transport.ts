import type { BenchCase } from '#e2e/bench/engine/case.ts'
import { freshText, zipfLines } from '#e2e/bench/engine/texts.ts'
import { wholeOf } from '#engine/runtime/driver/receivers/block-text.ts'
import { linesOfMessage } from '#engine/runtime/driver/receivers/line-chunk.ts'
import { LineQueue } from '#engine/runtime/driver/receivers/line-queue.ts'

const LINES = 20_000
const PER_MESSAGE = 1000
// The realm is stripped before anything is measured: what is needed of it is taken here.
const clone = structuredClone

/** What it costs to bring lines from the messages in which they came to an executor as records, beside counting their words by hand. */
export async function blockTransport(): Promise<BenchCase> {
  const bytes = Array.from({ length: LINES / PER_MESSAGE }, (_, message) => zipfLines(PER_MESSAGE, message))
  let messages: readonly string[] = []
  let lines: readonly string[] = []
  return {
    title: `${LINES} lines in messages of ${PER_MESSAGE} on their way to an executor (a copy by structured clone), and their words counted`,
    records: LINES,
    variants: [
      {
        name: 'word count',
        prepare: () => {
          lines = bytes.map(freshText).join('\n').split('\n')
        },
        run: () => countWords(lines),
      },
      {
        name: 'block transport',
        prepare: () => {
          messages = bytes.map(freshText)
        },
        run: () => transport(messages),
      },
    ],
  }
}

/** As a receiver, a block generator, a port and an executor do. Gives the records that arrive. */
function transport(messages: readonly string[]): number {
  const queue = new LineQueue()
  for (const message of messages) queue.add(linesOfMessage(message), LINES)
  const payload = clone(wholeOf(queue.take(LINES)))
  return payload.text.split('\n').length
}

/** Gives the lines that were counted. */
function countWords(lines: readonly string[]): number {
  const cells = new Map<string, { n: number }>()
  for (const line of lines) {
    for (const word of line.split(' ')) {
      const cell = cells.get(word)
      if (cell === undefined) cells.set(word, { n: 1 })
      else cell.n += 1
    }
  }
  return cells.size > 0 ? lines.length : 0
}
