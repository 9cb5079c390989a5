// The same pipeline run by the command line: no browser, no worker, no interruption.
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Json } from '#engine/model/json.ts'
import type { Pipeline } from '#engine/model/pipeline.ts'
import { printPipeline } from '#engine/model/print-pipeline.ts'
import { printRow } from '#engine/record/print-record.ts'
import { decodeTagged } from '#engine/record/tagged-json.ts'
import { PROJECT } from './built-app.ts'

const run = promisify(execFile)

/** Rows of every record of `node` in each of the first `batches` batches, by batch time. */
export async function runUninterrupted(
  pipeline: Pipeline,
  node: string,
  batches: number,
): Promise<ReadonlyMap<number, readonly string[]>> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-oracle-'))
  try {
    const path = join(folder, 'pipeline.json')
    await writeFile(path, printPipeline(pipeline))
    const args = [join(PROJECT, 'bin/sluice.mjs'), 'run', path, '--batches', String(batches), '--collect', node]
    const { stdout } = await run(process.execPath, args, { maxBuffer: 64 * 1024 * 1024 })
    return printedRdds(stdout)
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Rows by batch time, from what the command line printed of one node. */
export function printedRdds(stdout: string): ReadonlyMap<number, readonly string[]> {
  // Our own lines, as the usage says.
  const lines = stdout
    .trim()
    .split('\n')
    .map((line): { type: string; timeMs: number; records: Json[] } => JSON.parse(line))
  const rdds = lines.filter((line) => line.type === 'rdd')
  return new Map(rdds.map(({ timeMs, records }) => [timeMs, records.map((each) => printRow(decodeTagged(each)))]))
}
