import { expect, test } from 'vitest'
import { InvariantError, invariant } from './invariant.ts'

test('an invariant that does not hold stops with its message', () => {
  expect(() => invariant(true, 'holds')).not.toThrow()
  expect(() => invariant(undefined, 'a batch has a time')).toThrow(new InvariantError('a batch has a time'))
})
