import { expect, test } from 'vitest'
import type { Conf } from '#engine/model/pipeline.ts'
import { checkSettings } from './check-settings.ts'

const ON = 'spark.streaming.backpressure.enabled'

function problemsOf(conf: Conf) {
  const settings = { batchMs: 1000, master: 'local[2]', checkpoint: true, seed: 1, conf }
  return checkSettings(settings).map(({ severity, message, path, hint }) => ({ severity, message, path, hint }))
}

test('finds nothing wrong with good values, nor with keys that are not read', () => {
  expect(
    problemsOf({
      'spark.default.parallelism': '8',
      'spark.streaming.blockInterval': '50ms',
      'spark.streaming.receiver.maxRate': 1000,
      'spark.streaming.gracefulStopTimeout': 0,
      [ON]: 'true',
      'spark.streaming.backpressure.pid.integral': 0,
      'spark.app.name': 'yes',
    }),
  ).toEqual([])
})

test('says what cannot be read, where it is and what to write', () => {
  expect(problemsOf({ [ON]: 'yes' })).toEqual([
    {
      severity: 'error',
      message: 'spark.streaming.backpressure.enabled is "yes".',
      path: ['settings', 'conf', ON],
      hint: 'Give true or false, or leave the key out for the default: false.',
    },
  ])
})

test.each([
  ['spark.streaming.blockInterval', 0, ', above 0, or leave the key out for the default: 200ms.'],
  ['spark.streaming.blockInterval', '-1s', ', above 0, or leave the key out for the default: 200ms.'],
  ['spark.streaming.blockInterval', 'soon', ', above 0, or leave the key out for the default: 200ms.'],
  ['spark.streaming.receiver.maxRate', 0, ' of at least 1, or leave the key out for the default: unlimited.'],
  ['spark.streaming.receiverRestartDelay', '2s', ' from 0 to 2147483647, or leave the key out for the default: 2000.'],
  ['spark.default.parallelism', 1025, ' from 1 to 1024, or leave the key out for the default: cores of the master.'],
  ['sluice.batchDeadline', '0s', ', above 0, or leave the key out for the default: 3s.'],
])('%s cannot be %j', (key, value, hint) => {
  const problems = problemsOf({ [key]: value })
  expect(problems).toMatchObject([{ severity: 'error', path: ['settings', 'conf', key] }])
  expect(problems[0]?.hint).toContain(hint)
})

test('warns that a checkpoint directory in the configuration has no effect', () => {
  const key = 'spark.streaming.checkpoint.directory'
  expect(problemsOf({ [key]: 'state' })).toMatchObject([
    { severity: 'warning', path: ['settings', 'conf', key], hint: 'Use the setting checkpoint instead.' },
  ])
})

test('repeats what Spark says where that helps', () => {
  expect(problemsOf({ 'spark.streaming.blockInterval': '0ms' })[0]?.message).toBe(
    'spark.streaming.blockInterval is "0ms". Spark says: \'spark.streaming.blockInterval\' should be a positive value.',
  )
  expect(problemsOf({ 'spark.streaming.backpressure.initialRate': -1 })[0]?.message).toBe(
    'spark.streaming.backpressure.initialRate is -1. Spark says: rate must be positive.',
  )
})

test('refuses an estimator that cannot be made; warns while back-pressure is off', () => {
  const wrong = {
    'spark.streaming.backpressure.rateEstimator': 'fuzzy',
    'spark.streaming.backpressure.pid.minRate': 'few',
  }
  expect(problemsOf({ ...wrong, [ON]: true }).map(({ severity, message }) => [severity, message])).toEqual([
    ['error', 'spark.streaming.backpressure.pid.minRate is "few".'],
    ['error', 'Unknown rate estimator: fuzzy'],
  ])
  expect(problemsOf(wrong).map(({ severity }) => severity)).toEqual(['warning', 'warning'])
  expect(problemsOf({ 'spark.streaming.backpressure.pid.minRate': 0 })).toMatchObject([
    { severity: 'warning', message: 'Minimum rate in PIDRateEstimator should be > 0' },
  ])
})

test.each([
  ['spark.streaming.backpresure.enabled', 'Did you mean spark.streaming.backpressure.enabled?'],
  ['sluice.skipMissedBatch', 'Did you mean sluice.skipMissedBatches?'],
  ['sluice.nothingLikeIt', 'Remove it, or choose one of the list.'],
])('warns that nothing is called %s', (key, hint) => {
  expect(problemsOf({ [key]: true })).toMatchObject([{ severity: 'warning', path: ['settings', 'conf', key], hint }])
})

test.each(['spark.streaming.kafka.maxRatePerPartition', 'spark.executor.memory', 'my.own.key'])(
  'leaves %s alone: other programs may read it',
  (key) => expect(problemsOf({ [key]: '1' })).toEqual([]),
)
