import { expect, test } from 'vitest'
import { parseFeedOptions } from './feed-options.ts'

const parse = (line: string) => parseFeedOptions(line.split(' ').filter((word) => word !== ''))

test('everything has a default', () => {
  expect(parse('')).toEqual({
    ok: true,
    value: {
      port: 9999,
      recordsPerSecond: 20,
      perMessage: 1,
      source: { kind: 'generator', name: 'sentences', seed: 1 },
      allowedOrigins: [],
    },
  })
})

test('every option is read', () => {
  expect(parse('--port 0 --rate 0.5 --per-message 100 --generator clicks --seed=-3')).toMatchObject({
    value: { port: 0, recordsPerSecond: 0.5, perMessage: 100, source: { kind: 'generator', name: 'clicks', seed: -3 } },
  })
  expect(parse('--file a.log --once --allow-origin https://a.example/x')).toMatchObject({
    value: { source: { kind: 'file', path: 'a.log', once: true }, allowedOrigins: ['https://a.example'] },
  })
  expect(parse('--help')).toEqual({ ok: true, value: 'help' })
})

test.each([
  ['--port 70000', '--port must be a whole number from 0 to 65535, not "70000".'],
  ['--port 1.5', '--port must be a whole number'],
  ['--rate fast', '--rate must be a number from 0.001 to 1000000, not "fast".'],
  ['--rate 0', '--rate must be a number'],
  ['--per-message 0', '--per-message must be a whole number'],
  ['--generator cats', 'There is no generator "cats". Use sentences, clicks, sensors.'],
  ['--file a --generator clicks', 'give one of them'],
  ['--once', '--once belongs to --file'],
  ['--allow-origin nowhere', '--allow-origin must be an address'],
  ['--colour', '--colour'],
  ['stray', 'stray'],
])('%s is refused', (line, message) => {
  const parsed = parse(line)
  expect(parsed.ok ? '' : parsed.error).toContain(message)
})
