import { expect, test } from 'vitest'

const BAD = 'record =>'

test('blames nothing before the parser has come, and everything after it', async () => {
  // No static import: its parser would have come before the first line of this test.
  const late = await import('./late-parse-function.ts')
  expect(late.parseFunction(BAD)).toEqual({ ok: true, value: { source: BAD, parameterCount: undefined } })
  expect(late.parsePrelude('import x')).toEqual({ ok: true, value: { source: 'import x', names: [] } })
  expect(late.extraParameters('(a, b) => a', '(record) => record')).toEqual([])
  await late.readerArrives
  const reader = await import('./parse-function.ts')
  expect(late.parseFunction(BAD)).toEqual(reader.parseFunction(BAD))
  expect(late.parseFunction(BAD).ok).toBe(false)
  expect(late.parsePrelude('import x')).toEqual(reader.parsePrelude('import x'))
  expect(late.extraParameters('(a, b) => a', '(record) => record')).toHaveLength(1)
})
