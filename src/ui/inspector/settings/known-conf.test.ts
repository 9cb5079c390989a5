import { expect, test } from 'vitest'
import { checkSettings } from '#engine/compile/check-settings.ts'
import { parseConfValue } from './conf-value.ts'
import { firstValue, knownKeys } from './known-conf.ts'

test('a key starts with its default, unless that is said in words', () => {
  expect(firstValue('spark.streaming.blockInterval')).toBe('200ms')
  expect(firstValue('spark.streaming.backpressure.enabled')).toBe('false')
  expect(firstValue('spark.default.parallelism')).toBe('')
  expect(firstValue('spark.streaming.receiver.maxRate')).toBe('')
  expect(firstValue('spark.app.name')).toBe('')
})

test('the engine accepts every default that a key starts with', () => {
  const conf = Object.fromEntries(
    knownKeys.filter((key) => firstValue(key) !== '').map((key) => [key, parseConfValue(firstValue(key))]),
  )
  expect(Object.keys(conf).length).toBeGreaterThan(8)
  const settings = { batchMs: 1000, master: 'local[2]', checkpoint: false, seed: 1, conf }
  expect(checkSettings(settings).filter((each) => each.severity === 'error')).toEqual([])
})
