import { readFile, stat } from 'node:fs/promises'
import { type GeneratorName, generators } from '#engine/generators/generator.ts'
import { rowMaker } from '#engine/generators/row.ts'
import { err, ok, type Result } from '#engine/model/result.ts'
import type { FeedOptions } from './feed-options.ts'

/** The lines of a feed: line `index` for a connection that began at `startMs`; undefined after the last. */
export type FeedLines = (startMs: number) => (index: number) => string | undefined

const LARGEST_FILE_BYTES = 256 * 1024 * 1024

/** Prepares what a feed sends. The error says what is wrong with the file, and what to do. */
export async function openLines(options: FeedOptions): Promise<Result<FeedLines, string>> {
  const { source, recordsPerSecond } = options
  if (source.kind === 'generator') return ok(generatedLines(source.name, source.seed, recordsPerSecond))
  const lines = await readLines(source.path)
  if (!lines.ok) return lines
  const all = lines.value
  return ok(() => (index) => all[source.once ? index : index % all.length])
}

function generatedLines(name: GeneratorName, seed: number, rowsPerSecond: number): FeedLines {
  const { generate } = generators[name]
  return (startMs) => {
    const settings = {
      seed,
      streamName: 'feed',
      pattern: 'steady',
      rowsPerSecond,
      jitterMs: 0,
      lateFraction: 0,
    } as const
    const rowAt = rowMaker({ ...settings, zeroMs: startMs })
    return (index) => {
      const record = generate(rowAt(index))
      return typeof record === 'string' ? record : JSON.stringify(record)
    }
  }
}

async function readLines(path: string): Promise<Result<readonly string[], string>> {
  try {
    const { size } = await stat(path)
    if (size > LARGEST_FILE_BYTES) {
      return err(
        `${path} has ${Math.ceil(size / 1024 / 1024)} MiB; a feed reads at most 256. Cut it, say with head -n.`,
      )
    }
    const text = (await readFile(path, 'utf8')).replace(/^\ufeff/, '')
    const lines = text.split(/\r?\n/)
    if (lines.at(-1) === '') lines.pop() // a final line end closes the last line, it does not begin another
    return lines.length === 0 ? err(`${path} is empty: there is no line to send.`) : ok(lines)
  } catch (error) {
    return err(`${path} cannot be read: ${reasonOf(error)}`)
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT') return 'there is no such file. The path counts from the current folder.'
  if (code === 'EISDIR') return 'it is a folder. Name a text file.'
  if (code === 'EACCES') return 'its permissions forbid it.'
  return error instanceof Error ? error.message : String(error)
}
