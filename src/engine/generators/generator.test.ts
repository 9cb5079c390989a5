import { expect, test } from 'vitest'
import { findForeign } from '#engine/record/foreign.ts'
import { generateClick } from './clicks.ts'
import { findGenerator, generatorNames, generators } from './generator.ts'
import { type RowSettings, rowMaker } from './row.ts'
import { generateReading } from './sensors.ts'
import { generateSentence } from './sentences.ts'

const settings: RowSettings = {
  seed: 1,
  streamName: 'lines',
  zeroMs: 1_700_000_000_000,
  pattern: 'steady',
  rowsPerSecond: 100,
  jitterMs: 0,
  lateFraction: 0,
}

function make<T>(generate: (row: ReturnType<ReturnType<typeof rowMaker>>) => T, count: number, changes = {}): T[] {
  const rowAt = rowMaker({ ...settings, ...changes })
  return Array.from({ length: count }, (_, index) => generate(rowAt(index)))
}

test.each(generatorNames)('%s: records depend on seed, stream and row only', (name) => {
  const { generate } = generators[name]
  const records = make(generate, 200)
  expect(make(generate, 200)).toEqual(records)
  expect(make(generate, 200, { seed: 2 })).not.toEqual(records)
  expect(make(generate, 200, { streamName: 'other' })).not.toEqual(records)
  const rowAt = rowMaker(settings)
  for (const index of [199, 3, 120]) expect(generate(rowAt(index))).toEqual(records[index])
  expect(findForeign(records)).toBeUndefined()
})

test('generators are found by their own names only', () => {
  expect(findGenerator('clicks')).toBe(generators.clicks)
  expect(findGenerator('toString')).toBeUndefined()
})

test('sentences have 4 to 12 words of small letters', () => {
  const sentences = make(generateSentence, 5000)
  const lengths = sentences.map((sentence) => sentence.split(' ').length)
  expect([Math.min(...lengths), Math.max(...lengths)]).toEqual([4, 12])
  for (const sentence of sentences) {
    expect(sentence).toMatch(/^[a-z]+( [a-z]+)*$/)
    expect(sentence).not.toMatch(/\b(a [aeiou]|an [^aeiou])/)
  }
})

test('words follow the law of Zipf', () => {
  const counts = new Map<string, number>()
  for (const word of make(generateSentence, 20_000).join(' ').split(' ')) counts.set(word, (counts.get(word) ?? 0) + 1)
  const ranked = [...counts.values()].sort((a, b) => b - a)
  expect(ranked.length).toBeGreaterThan(250)
  // The slope of log(count) over log(rank): −1 in a language.
  const points = ranked.slice(0, 150).map((count, index) => [Math.log(index + 1), Math.log(count)] as const)
  const mean = (axis: 0 | 1) => points.reduce((sum, point) => sum + point[axis], 0) / points.length
  const [meanX, meanY] = [mean(0), mean(1)]
  const slope =
    points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) /
    points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0)
  expect(slope).toBeGreaterThan(-1.25)
  expect(slope).toBeLessThan(-0.75)
})

test('clicks: few users have most visits, some have a referrer, loading times are whole', () => {
  const clicks = make(generateClick, 5000)
  expect(clicks.filter((click) => 'referrer' in click).length / 5000).toBeCloseTo(0.4, 1)
  expect(clicks.every(({ ms }) => Number.isInteger(ms) && ms >= 40)).toBe(true)
  const visits = new Map<string, number>()
  for (const { user } of clicks) visits.set(user, (visits.get(user) ?? 0) + 1)
  expect(visits.get('u001') ?? 0).toBeGreaterThan(100)
  expect(visits.size).toBeGreaterThan(200)
})

test('thermometers report in turn, follow the day and sometimes fail', () => {
  const readings = make(generateReading, 24_000)
  expect(readings.slice(0, 13).map(({ sensor }) => sensor)).toEqual(
    ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12', '01'].map((number) => `t${number}`),
  )
  const yard = readings.filter(({ room }) => room === 'yard').map(({ celsius }) => celsius)
  expect(Math.min(...yard)).toBeLessThan(8)
  const cellar = readings.filter(({ room }) => room === 'cellar').map(({ celsius }) => celsius)
  const faults = cellar.filter((celsius) => celsius > 20).length
  expect(faults / cellar.length).toBeGreaterThan(1 / 1500)
  expect(faults / cellar.length).toBeLessThan(1 / 200)
})

test('rows arrive inside their time; events are as early as jitter and lateness say', () => {
  const rows = make((row) => row, 2000)
  expect(rows.map(({ timeMs }) => timeMs).slice(0, 3)).toEqual([10, 20, 30].map((ms) => settings.zeroMs + ms))
  expect(rows.every(({ atMs, timeMs }) => atMs === timeMs)).toBe(true)

  const delays = make(({ timeMs, atMs }) => timeMs - atMs, 2000, { jitterMs: 500, lateFraction: 0.1 })
  const late = delays.filter((delay) => delay >= 500)
  expect(late.length / 2000).toBeCloseTo(0.1, 1)
  expect(late.every((delay) => delay >= 5000 && delay < 30_500)).toBe(true)
  expect(Math.max(...delays.filter((delay) => delay < 500))).toBeGreaterThan(450)

  const onTime = make(generateClick, 50)
  const delayed = make(generateClick, 50, { jitterMs: 500, lateFraction: 0.1 })
  expect(delayed.map(({ user, page, ms }) => [user, page, ms])).toEqual(
    onTime.map(({ user, page, ms }) => [user, page, ms]),
  )
})
