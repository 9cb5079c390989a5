import { expect, test } from 'vitest'
import { findClosestName } from './closest-name.ts'

test.each([
  ['wrods', ['lines', 'words'], 'words'],
  ['word', ['words', 'worlds'], 'words'],
  ['WORDS', ['wards', 'words'], 'words'],
  ['wordCount', ['words', 'counts'], undefined],
  ['a', ['bcd', 'b'], 'b'],
  ['a', ['bcd', 'bc'], undefined],
  ['words', [], undefined],
])('%s among %j was meant to be %s', (name, candidates, expected) => {
  expect(findClosestName(name, candidates)).toBe(expected)
})
