import { expect, test } from 'vitest'
import { LatePart } from './late-part.ts'

test('is fetched once, and tells when it has come', async () => {
  let fetched = 0
  let told = 0
  const late = new LatePart(async () => {
    fetched += 1
    return 'part'
  })
  late.subscribe(() => {
    told += 1
  })
  expect(late.part).toBeUndefined()
  await Promise.all([late.load(), late.load()])
  expect([late.part, fetched, told]).toEqual(['part', 1, 1])
})

test('can be fetched again after a failure', async () => {
  let fetched = 0
  const late = new LatePart(async () => {
    fetched += 1
    if (fetched === 1) throw new Error('offline')
    return 'part'
  })
  await expect(late.load()).rejects.toThrow('offline')
  await late.load()
  expect(late.part).toBe('part')
})
