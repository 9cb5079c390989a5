import { expect, test } from 'vitest'
import { parseMaster } from './master.ts'

test.each([
  ['local', 1],
  ['local[1]', 1],
  ['local[4]', 4],
  ['local[*]', 'all'],
])('%s asks for %s cores', (text, cores) => {
  expect(parseMaster(text)).toEqual({ ok: true, value: { cores } })
})

test.each(['', 'local[]', 'local[0]', 'local[65]', 'local[2', 'local[2] ', 'local[1,2]', 'spark://host:7077', 'yarn'])(
  '%j is not a master',
  (text) => {
    expect(parseMaster(text)).toMatchObject({ ok: false, error: [{ code: 'pipeline/master' }] })
  },
)
