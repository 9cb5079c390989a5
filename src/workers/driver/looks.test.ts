import { expect, test } from 'vitest'
import type { BatchData, NodeBatch } from '#engine/model/batch-data.ts'
import { Looks } from './looks.ts'

const batch = (timeMs: number, nodes: Readonly<Record<string, NodeBatch>>): BatchData => ({
  timeMs,
  nodes,
  outputs: [],
  failures: [],
})

test('hands the rows out in pages and tells the screen only how many there are', () => {
  const look = {
    first: Array.from({ length: 700 }, (_, index) => `a${index}`),
    picked: [{ partition: 2, index: 41, record: ['k', 1] }],
  }
  const plain = { partitions: [600, 0, 900], records: 1500, sample: ['a0'] }
  const looks = new Looks()
  const told = looks.take(batch(500, { a: { ...plain, look }, b: plain }))
  expect(told.nodes).toEqual({ a: { ...plain, rows: 701 }, b: plain })
  const pages = [0, 1].map((page) => looks.find('a', 500, page))
  expect(pages.map((page) => [page?.pages, page?.first])).toEqual([
    [2, 700],
    [2, 700],
  ])
  const rows = pages.flatMap((page) => JSON.parse(page?.text ?? '') as unknown[])
  expect(rows).toHaveLength(701)
  expect([rows[0], rows[599], rows[600], rows[700]]).toEqual([
    [0, 0, 'a0'],
    [0, 599, 'a599'],
    [2, 0, 'a600'],
    [2, 41, ['k', 1]],
  ])
  expect(looks.find('a', 500, 2)).toBeUndefined()
  expect(looks.find('b', 500, 0)).toBeUndefined()
})

test('pages are small whatever the records, and the oldest batches go first', () => {
  const looks = new Looks()
  const look = { first: new Array(2000).fill('x'.repeat(4000)), picked: [] }
  for (let timeMs = 1; timeMs <= 8; timeMs++)
    looks.take(batch(timeMs, { a: { partitions: [9000], records: 9000, sample: [], look } }))
  expect(looks.find('a', 1, 0)).toBeUndefined()
  const page = looks.find('a', 8, 0)
  expect(page?.text.length).toBeLessThan(110_000)
})
