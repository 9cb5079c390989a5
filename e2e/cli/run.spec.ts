import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { files, wordCount } from './documents.ts'
import { type Line, makeFolder, removeFolder, runSluice, startSluice } from './sluice-process.ts'

let folder = ''
beforeEach(async () => {
  folder = await makeFolder(files)
})
afterEach(() => removeFolder(folder))

function recordsByKey(line: Line | undefined): unknown {
  return Object.fromEntries(line?.records as [string, unknown][]) // the test counts pairs
}

describe('sluice run', () => {
  it('counts words batch by batch, with figures per partition', async () => {
    const run = await runSluice(folder, 'run', 'word-count.json', '--batches', '4', '--input', 'lines.json')
    expect(run).toMatchObject({ status: 0, stderr: [] })
    const rdds = run.lines.filter((line) => line.type === 'rdd')
    expect(rdds.map(({ timeMs, node }) => [timeMs, node])).toEqual([
      [1000, 'counts'],
      [3000, 'counts'],
      [4000, 'counts'],
    ])
    expect(rdds.map(recordsByKey)).toEqual([{ a: 2, b: 2, c: 1 }, {}, { c: 1 }])
    const [first, empty] = rdds
    expect(first?.partitions).toEqual([1, 2])
    expect(empty).toEqual({ type: 'rdd', timeMs: 3000, node: 'counts', partitions: [0, 0], records: [] })
    expect(run.lines.filter((line) => line.type !== 'rdd')).toEqual([
      { type: 'started', zeroMs: 0 },
      { type: 'batch', timeMs: 1000, numRecords: 2, failed: false },
      { type: 'batch', timeMs: 3000, numRecords: 0, failed: false },
      { type: 'batch', timeMs: 4000, numRecords: 1, failed: false },
      { type: 'stopped', graceful: true },
    ])
    expect(run.stdout[2]).toMatch(/"schedulingDelay":\d+,"processingDelay":\d+,/)
  })

  it('tells the distribution of delays and the metrics when asked to', async () => {
    const run = await runSluice(folder, 'run', 'word-count.json', '--batches', '4', '--input', 'lines.json', '--stats')
    expect(run.status).toBe(0)
    expect(run.stderr.filter((line) => line.startsWith('Total delay: '))).toHaveLength(3)
    expect(run.stderr).toContain('executors 1 of 2')
    expect(run.stderr).toContain('streaming.totalCompletedBatches 3')
    expect(run.stderr).toContain('streaming.totalProcessedRecords 3')
  })

  it('prints the collected nodes in the order asked for, before their batch', async () => {
    const collect = ['--collect', 'pairs,lines', '--input', 'lines.json']
    const run = await runSluice(folder, 'run', 'word-count.json', '--batches', '1', ...collect)
    const pairs = ['a', 'b', 'a', 'b', 'c'].map((word) => [word, 1])
    expect(run.lines).toEqual([
      { type: 'started', zeroMs: 0 },
      { type: 'rdd', timeMs: 1000, node: 'pairs', partitions: [3, 2], records: pairs },
      { type: 'rdd', timeMs: 1000, node: 'lines', partitions: [1, 1], records: ['a b a', 'b c'] },
      { type: 'batch', timeMs: 1000, numRecords: 2, failed: false },
      { type: 'stopped', graceful: true },
    ])
  })

  it('collects from a document without outputs', async () => {
    const document = JSON.parse(JSON.stringify(wordCount)) as { nodes: unknown[]; edges: unknown[] }
    document.nodes.pop()
    document.edges.pop()
    const bare = await makeFolder({ 'bare.json': document })
    const run = await runSluice(
      bare,
      'run',
      'bare.json',
      '--batches',
      '1',
      '--collect',
      'counts',
      '--input',
      join(folder, 'lines.json'),
    )
    expect(run.lines.filter((line) => line.type === 'rdd').map(recordsByKey)).toEqual([{ a: 2, b: 2, c: 1 }])
    const refused = await runSluice(bare, 'run', 'bare.json', '--batches', '1')
    expect(refused).toMatchObject({ status: 2, stdout: [] })
    await removeFolder(bare)
  })

  it('writes values outside JSON as tagged ones', async () => {
    const run = await runSluice(folder, 'run', 'mixed.json', '--batches', '1', '--input', 'mixed-in.json')
    expect(run.lines[1]?.records).toEqual([
      [
        { $: 'bigint', v: '1' },
        { $: 'bigint', v: '2' },
        { $: 'number', v: 'NaN' },
        { $: 'number', v: '-0' },
        { $: 'date', v: 5 },
        { $: 'object', v: { $: 1 } },
      ],
    ])
  })

  it('fails the batch of a failing function, names the node, and goes on', async () => {
    const run = await runSluice(folder, 'run', 'failing.json', '--batches', '3', '--input', 'failing-in.json')
    expect(run.status).toBe(1)
    const error = run.lines.find((line) => line.type === 'error')
    expect(error).toMatchObject({ timeMs: 2000, node: 'half' })
    expect(error?.message).toContain('no threes')
    expect(error?.message).toContain('record 3')
    expect(run.lines.map(({ type, timeMs, failed }) => [type, timeMs, failed])).toEqual([
      ['started', undefined, undefined],
      ['rdd', 1000, undefined],
      ['batch', 1000, false],
      ['error', 2000, undefined],
      ['batch', 2000, true],
      ['rdd', 3000, undefined],
      ['batch', 3000, false],
      ['stopped', undefined, undefined],
    ])
  })

  it('is the same on every run', async () => {
    const args = ['run', 'numbers.json', '--batches', '12', '--input', 'numbers-in.json', '--collect', 'totals,pairs']
    const [first, second] = await Promise.all([runSluice(folder, ...args), runSluice(folder, ...args)])
    expect(first.lines).toHaveLength(12 * 3 + 2)
    expect(second.lines).toEqual(first.lines)
  })

  it('lets the command line override settings, and writes to a file', async () => {
    const options = [
      '--batches',
      '2',
      '--conf',
      'batchMs=50',
      '--conf',
      'spark.default.parallelism=3',
      '--out',
      'out.jsonl',
    ]
    const run = await runSluice(folder, 'run', 'word-count.json', ...options)
    expect(run).toMatchObject({ status: 0, stdout: [], stderr: [] })
    const lines = (await readFile(join(folder, 'out.jsonl'), 'utf8')).trim().split('\n')
    expect(lines).toHaveLength(6)
    expect(JSON.parse(lines[1] ?? '')).toEqual({
      type: 'rdd',
      timeMs: 50,
      node: 'counts',
      partitions: [0, 0, 0],
      records: [],
    })
  })
})

describe('sluice run by the wall clock', () => {
  it('makes a batch every interval, on the grid through zero', async () => {
    const run = await runSluice(
      folder,
      'run',
      'word-count.json',
      '--clock',
      'real',
      '--batches',
      '3',
      '--conf',
      'batchMs=60',
    )
    expect(run.status).toBe(0)
    const zeroMs = run.lines[0]?.zeroMs as number
    expect(zeroMs % 60).toBe(0)
    expect(Math.abs(Date.now() - zeroMs)).toBeLessThan(60_000)
    expect(run.lines.filter((line) => line.type === 'batch').map((line) => line.timeMs)).toEqual([
      zeroMs + 60,
      zeroMs + 120,
      zeroMs + 180,
    ])
    expect(run.lines.at(-1)).toEqual({ type: 'stopped', graceful: true })
  })

  it('stops gracefully on SIGINT', async () => {
    const running = startSluice(folder, 'run', 'word-count.json', '--conf', 'batchMs=50')
    await running.waitFor((line) => line.includes('"batch"'))
    running.process.kill('SIGINT')
    const run = await running.ended
    const stderr = ['Stopping when what was received is processed. Interrupt again to stop at once.']
    expect(run).toMatchObject({ status: 0, signal: null, stderr })
    expect(run.lines.at(-1)).toEqual({ type: 'stopped', graceful: true })
    const types = run.lines.slice(1, -1).map((line) => line.type)
    expect(types).toEqual(types.map((_, index) => (index % 2 === 0 ? 'rdd' : 'batch')))
  })

  it('stops at once on the second SIGINT', async () => {
    // The graceful stop would wait for the batch at the end of the hour.
    const running = startSluice(folder, 'run', 'word-count.json', '--conf', 'batchMs=3600000')
    await running.waitFor((line) => line.includes('"started"'))
    running.process.kill('SIGINT')
    await running.waitFor((line) => line.startsWith('Stopping'))
    running.process.kill('SIGINT')
    const run = await running.ended
    expect(run).toMatchObject({ status: 0, signal: null })
    expect(run.lines.slice(1)).toEqual([{ type: 'stopped', graceful: false }])
  })

  it('ends quietly when nobody reads any more', async () => {
    const running = startSluice(folder, 'run', 'word-count.json', '--clock', 'manual')
    await running.waitFor((line) => line.includes('"batch"'))
    running.process.stdout?.destroy()
    expect(await running.ended).toMatchObject({ status: 0, signal: null, stderr: [] })
  })
})
