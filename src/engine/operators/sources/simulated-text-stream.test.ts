import { expect, test } from 'vitest'
import { checkNode } from '#engine/operator/testing/check-node.ts'
import { printStreams, recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { simulatedTextStream } from './simulated-text-stream.ts'

test('makes text of a named generator, in as many partitions as there are cores', () => {
  expect(printStreams(recordLowering(simulatedTextStream, { generator: 'clicks', rowsPerSecond: 20 }))).toEqual([
    {
      kind: 'source',
      feed: {
        kind: 'simulated',
        generator: { kind: 'named', name: 'clicks' },
        text: true,
        rowsPerSecond: 20,
        pattern: 'steady',
        jitterMs: 0,
        lateFraction: 0,
        partitions: 2,
      },
    },
  ])
})

test('takes the rows of a custom function', () => {
  const params = { generator: 'custom', fn: '(i) => i', rowsPerSecond: 1, pattern: 'wave', partitions: 3 }
  expect(printStreams(recordLowering(simulatedTextStream, params))).toMatchObject([
    { feed: { generator: { kind: 'custom', fn: '(i) => i' }, pattern: 'wave', partitions: 3 } },
  ])
})

test('refuses custom without a function, and shows how to begin', () => {
  const [problem] = checkNode(simulatedTextStream, { generator: 'custom' })
  expect(problem).toMatchObject({ code: 'param/missing', severity: 'error', node: 'n', param: 'fn' })
  const fn = problem?.fixes?.[0]?.value ?? null
  expect(checkNode(simulatedTextStream, { generator: 'custom', fn })).toEqual([])
})

test('warns of a function that no generator uses', () => {
  expect(checkNode(simulatedTextStream, { generator: 'sensors', fn: '(i) => i' })).toMatchObject([
    { code: 'param/unused', severity: 'warning', param: 'fn', fixes: [{ param: 'generator', value: 'custom' }] },
  ])
})
