import { expect, test } from 'vitest'
import * as late from './late-parse-function.ts'
import * as reader from './parse-function.ts'

const BAD = 'record =>'

test('blames nothing before the parser has come, and everything after it', async () => {
  expect(late.parseFunction(BAD)).toEqual({ ok: true, value: { source: BAD, parameterCount: undefined } })
  expect(late.parsePrelude('import x')).toEqual({ ok: true, value: { source: 'import x', names: [] } })
  expect(late.extraParameters('(a, b) => a', '(record) => record')).toEqual([])
  await late.fetchReader()
  expect(late.parseFunction(BAD)).toEqual(reader.parseFunction(BAD))
  expect(late.parseFunction(BAD).ok).toBe(false)
  expect(late.parsePrelude('import x')).toEqual(reader.parsePrelude('import x'))
  expect(late.extraParameters('(a, b) => a', '(record) => record')).toHaveLength(1)
})
