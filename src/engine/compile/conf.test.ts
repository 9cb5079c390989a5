import { expect, test } from 'vitest'
import { confParsers, durationOf, parseBoolean, parseDecimal, parseDurationMs, parseWhole, wholeOf } from './conf.ts'
import { supportedConf } from './supported-conf.ts'

test('reads booleans as Spark spells them', () => {
  expect(['true', 'TRUE', true, 'false', false].map(parseBoolean)).toEqual([true, true, true, false, false])
  expect(['yes', 1, '', ' true'].map(parseBoolean)).toEqual([undefined, undefined, undefined, undefined])
})

test('reads whole numbers, with a sign and nothing else', () => {
  expect([200, '200', '-3', '+4', '9223372036854775807'].map(parseWhole)).toEqual([200, 200, -3, 4, 2 ** 63])
  expect([1.5, '1.0', '2s', '1e3', '', true].map(parseWhole)).toEqual(Array.from({ length: 6 }))
})

test('reads decimals', () => {
  expect([0.2, '1.0', '1e3', '.5', '2.', ' 7 ', '1.5d'].map(parseDecimal)).toEqual([0.2, 1, 1000, 0.5, 2, 7, 1.5])
  expect(['NaN', 'Infinity', '1,5', '', '0x10', false].map(parseDecimal)).toEqual(Array.from({ length: 6 }))
})

test('reads durations in ms, a bare number among them', () => {
  expect(['200ms', '2s', '1m', '1min', '1h', '1d', '250', 250].map(parseDurationMs)).toEqual([
    200, 2000, 60_000, 60_000, 3_600_000, 86_400_000, 250, 250,
  ])
  expect(['1500us', '999us', ' 2S ', '-1s', 0].map(parseDurationMs)).toEqual([1, 0, 2000, -1000, 0])
  expect(['1.5s', '2 s', 's', '1week', '', true].map(parseDurationMs)).toEqual(Array.from({ length: 6 }))
})

test('falls back to what the caller says, then to the default of the key', () => {
  expect(durationOf({}, 'spark.streaming.blockInterval')).toBe(200)
  expect(durationOf({ 'spark.streaming.blockInterval': '1s' }, 'spark.streaming.blockInterval')).toBe(1000)
  expect(durationOf({}, 'spark.streaming.gracefulStopTimeout', 7)).toBe(7)
  expect(wholeOf({ 'spark.streaming.receiver.maxRate': 'many' }, 'spark.streaming.receiver.maxRate', 9)).toBe(9)
})

test('lists each supported key once, with a default that its own type reads or that is in words', () => {
  const inWords = supportedConf.filter((entry) => confParsers[entry.type](entry.default) === undefined)
  expect(inWords.map(({ key }) => key)).toEqual([
    'spark.default.parallelism',
    'spark.streaming.receiver.maxRate',
    'spark.streaming.backpressure.initialRate',
    'spark.streaming.gracefulStopTimeout',
  ])
  expect(new Set(supportedConf.map(({ key }) => key)).size).toBe(supportedConf.length)
})
