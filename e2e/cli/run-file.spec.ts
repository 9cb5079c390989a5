import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { chain, type Line, makeFolder, removeFolder, runSluice } from './sluice-process.ts'

const counts = chain(
  { master: 'local[2]', checkpoint: true, seed: 4 },
  ['lines', 'simulatedTextStream', { generator: 'sentences', rowsPerSecond: 20 }],
  ['words', 'flatMap', { fn: "line => line.split(' ')" }],
  ['pairs', 'map', { fn: 'word => [word, 1]' }],
  ['counts', 'updateStateByKey', { fn: '(ones, count = 0) => count + ones.length' }],
  ['out', 'print', {}],
)

let folder = ''
beforeEach(async () => {
  folder = await makeFolder({ 'counts.json': counts })
})
afterEach(() => removeFolder(folder))

const batches = ['--batches', '20']
const rdds = (lines: readonly Line[]) => lines.filter((line) => line.type === 'rdd')
const exportTo = (file: string, dir = 'dir') => runSluice(folder, 'export', '--checkpoint-dir', dir, '--out', file)
const runKilled = () =>
  runSluice(folder, 'run', 'counts.json', ...batches, '--checkpoint-dir', 'dir', '--kill-after', '9')

describe('a run as a file', () => {
  it('goes on elsewhere with every count, with a directory of its own and without', async () => {
    const whole = rdds((await runSluice(folder, 'run', 'counts.json', ...batches)).lines)
    await runKilled()
    expect(await exportTo('run.sluice-run')).toMatchObject({ status: 0, stderr: [] })
    const from = ['run', '--from', 'run.sluice-run', ...batches]
    const passing = await runSluice(folder, ...from)
    expect(passing.status).toBe(0)
    expect(rdds(passing.lines)).toEqual(whole.slice(-rdds(passing.lines).length))
    expect(rdds(passing.lines).length).toBeGreaterThan(10)
    const killed = await runSluice(folder, ...from, '--checkpoint-dir', 'other', '--kill-after', '14')
    expect(killed.signal).toBe('SIGKILL')
    const kept = await runSluice(folder, 'run', 'counts.json', ...batches, '--checkpoint-dir', 'other')
    expect(kept.status).toBe(0)
    expect(rdds(kept.lines)).toEqual(whole.slice(-rdds(kept.lines).length))
    expect(rdds(kept.lines).length).toBeLessThan(8)
    expect((await exportTo('later.sluice-run', 'other')).status).toBe(0)
    const later = await runSluice(folder, 'run', '--from', 'later.sluice-run', '--batches', '22')
    expect(rdds(later.lines).at(-1)?.timeMs).toBe(22_000)
  })

  it('never replaces a run, and is not made of nothing', async () => {
    await runKilled()
    await exportTo('run.sluice-run')
    const taken = await runSluice(folder, 'run', '--from', 'run.sluice-run', ...batches, '--checkpoint-dir', 'dir')
    expect([taken.status, taken.stderr.join()]).toEqual([2, expect.stringContaining('dir holds a run already')])
    const nothing = await exportTo('none.sluice-run', 'nowhere')
    expect([nothing.status, nothing.stderr.join()]).toEqual([2, expect.stringContaining('holds no checkpoint')])
  })
})
