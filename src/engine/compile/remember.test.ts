import { expect, test } from 'vitest'
import { remember } from './remember.ts'

test('computes once for each object, whatever the result', () => {
  let computed = 0
  const sizeOf = remember((list: readonly number[]) => {
    computed += 1
    return list.length === 0 ? undefined : list.length
  })
  const empty: readonly number[] = []
  const two = [1, 2]
  expect([sizeOf(empty), sizeOf(two), sizeOf(empty), sizeOf(two), sizeOf([1, 2])]).toEqual([
    undefined,
    2,
    undefined,
    2,
    2,
  ])
  expect(computed).toBe(3)
})
