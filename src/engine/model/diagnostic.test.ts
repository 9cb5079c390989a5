import { expect, test } from 'vitest'
import { printDiagnostic, printPath, problem } from './diagnostic.ts'

test.each([
  [{ node: 'perMinute', param: 'windowMs', hint: 'Use 6000.' }, 'perMinute.windowMs: It does not fit. (Use 6000.)'],
  [{ node: 'perMinute' }, 'perMinute: It does not fit.'],
  [{ node: 'perMinute', path: ['nodes', 1] }, 'perMinute: It does not fit.'],
  [{ path: ['settings', 'conf', 'spark.x'] }, 'settings.conf["spark.x"]: It does not fit.'],
  [{ path: [] }, 'It does not fit.'],
  [{}, 'It does not fit.'],
])('%j prints as %j', (where, line) => {
  expect(printDiagnostic(problem('window/not-a-multiple', 'It does not fit.', where))).toBe(line)
})

test('a diagnostic is one line, whatever it quotes', () => {
  expect(printDiagnostic(problem('a/b', 'One\n  two\r\nthree.'))).toBe('One two three.')
})

test('paths read as people write them', () => {
  expect(printPath(['nodes', 3, 'params', 'fn'])).toBe('nodes[3].params.fn')
  expect(printPath([0, 'a b'])).toBe('[0]["a b"]')
})
