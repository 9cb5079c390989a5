import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Line, makeFolder, removeFolder, runSluice } from './sluice-process.ts'

const numbers = { numbers: { batches: Array.from({ length: 30 }, (_, batch) => [batch + 1]) } }

/** Sums of all numbers, and of those of the last five batches. */
function documentWith({ fn = '(v, s) => v.reduce((a, b) => a + b, s ?? 0)', map = "x => ['all', x]", more = false }) {
  const window = { reduce: '(a, b) => a + b', inverse: '(a, b) => a - b', windowMs: 5000, slideMs: 1000 }
  const nodes = [
    ...(more ? [{ id: 'first', op: 'filter', params: { fn: 'x => x > 9' } }] : []),
    { id: 'numbers', op: 'queueStream', params: { batches: [] } },
    { id: 'pairs', op: 'map', params: { fn: map } },
    { id: 'total', op: 'updateStateByKey', params: { fn, checkpointMs: 4000 } },
    { id: 'recent', op: 'reduceByKeyAndWindow', params: window },
    ...['out', 'out2', ...(more ? ['out3'] : [])].map((id) => ({ id, op: 'print', params: {} })),
  ]
  const edges = ['numbers pairs', 'pairs total', 'pairs recent', 'total out', 'recent out2']
  if (more) edges.push('numbers first', 'first out3')
  return JSON.stringify({
    format: 'sluice/1',
    name: 'Sums',
    settings: { batchMs: 1000, master: 'local[2]', checkpoint: true },
    nodes: nodes.map((node) => ({ ...node, at: [0, 0] })),
    edges: edges.map((edge) => ({ from: edge.split(' ')[0], to: edge.split(' ')[1] })),
  })
}

let folder = ''
beforeEach(async () => {
  folder = await makeFolder({
    'sums.json': documentWith({}),
    'twice.json': documentWith({ fn: '(v, s) => v.reduce((a, b) => a + 2 * b, s ?? 0)', more: true }),
    'tens.json': documentWith({ map: "x => ['all', 10 * x]" }),
    'in.json': JSON.stringify(numbers),
  })
})
afterEach(() => removeFolder(folder))

const run = (document: string, ...more: string[]) =>
  runSluice(
    folder,
    ...['run', document, '--input', 'in.json', '--collect', 'total,recent'],
    ...['--batches', '10', '--checkpoint-dir', 'dir', ...more],
  )
const valuesOf = (lines: readonly Line[], node: string) =>
  Object.fromEntries(
    lines.flatMap((line) =>
      line.type === 'rdd' && line.node === node ? [[Number(line.timeMs) / 1000, JSON.stringify(line.records)]] : [],
    ),
  )
const all = (value: number): string => JSON.stringify([['all', value]])

describe('a changed document', () => {
  it('is refused with what can be done, the states that stay and those that go', async () => {
    await run('sums.json', '--kill-after', '6')
    const { status, stderr } = await run('tens.json')
    expect(status).toBe(2)
    expect(stderr.join('\n')).toContain('--restart saved runs the document that the checkpoint holds')
    expect(stderr.join('\n')).toContain('--restart fresh starts anew')
    expect(stderr.join('\n')).toContain('keeps: total; loses: recent')
    const saved = await run('tens.json', '--restart', 'saved')
    expect(valuesOf(saved.lines, 'total')).toMatchObject({ 6: all(21), 7: all(28), 10: all(55) })
  })

  it('goes on with the states, counts every batch once, and does so again after another loss', async () => {
    await run('sums.json', '--kill-after', '6')
    const kept = await run('twice.json', '--restart', 'keep', '--kill-after', '8')
    expect(kept.stderr.join('\n')).toContain('The state of "total" is kept.')
    expect(valuesOf(kept.lines, 'total')).toMatchObject({ 6: all(21), 7: all(35), 8: all(51) })
    expect(valuesOf(kept.lines, 'recent')).toMatchObject({ 7: all(25), 8: all(30) })
    const later = await run('twice.json')
    expect(valuesOf(later.lines, 'total')).toMatchObject({ 8: all(51), 9: all(69), 10: all(89) })
    expect(valuesOf(later.lines, 'recent')).toMatchObject({ 9: all(35), 10: all(40) })
  })

  it('starts a window empty when what is before it changed, and lets nothing leave it that never entered', async () => {
    await run('sums.json', '--kill-after', '6')
    const kept = await run('tens.json', '--restart', 'keep', '--kill-after', '7')
    expect(kept.stderr.join('\n')).toContain('The window of "recent" starts empty')
    expect(valuesOf(kept.lines, 'recent')).toMatchObject({ 7: all(70) })
    const later = await run('tens.json')
    expect(valuesOf(later.lines, 'recent')).toMatchObject({ 7: all(70), 8: all(150), 10: all(340) })
    expect(valuesOf(later.lines, 'total')).toMatchObject({ 7: all(91), 10: all(361) })
  })
})
