import { describe, expect, it } from 'vitest'
import { backOfTime, backToShow, clampBack, columnAt, columnLeft, layStrip, visiblePart } from './strip-geometry.ts'

const ten = Array.from({ length: 10 }, (_, index) => index)

it('shows at most 120 columns and fewer where they would get thin', () => {
  expect(layStrip(1200)).toEqual({ columns: 120, columnPx: 10 })
  expect(layStrip(60)).toEqual({ columns: 10, columnPx: 6 })
  expect(layStrip(0).columns).toBe(1)
})

describe('visiblePart', () => {
  it('is the newest part', () => expect(visiblePart(ten, 4, 0)).toEqual([6, 7, 8, 9]))
  it('goes back, but not before the oldest batch', () => {
    expect(visiblePart(ten, 4, 3)).toEqual([3, 4, 5, 6])
    expect(visiblePart(ten, 4, 99)).toEqual([0, 1, 2, 3])
    expect(clampBack(99, 10, 4)).toBe(6)
  })
  it('is everything while there is room', () => expect(visiblePart(ten, 120, 5)).toEqual(ten))
})

describe('columns', () => {
  const geometry = { columns: 10, columnPx: 6 }
  it('stand at the right edge', () => {
    expect(columnLeft(0, 3, geometry)).toBe(42)
    expect(columnLeft(2, 3, geometry)).toBe(54)
  })
  it('are found again at a point', () => {
    expect(columnAt(43, 3, geometry)).toBe(0)
    expect(columnAt(59, 3, geometry)).toBe(2)
    expect(columnAt(41, 3, geometry)).toBeUndefined()
    expect(columnAt(60, 3, geometry)).toBeUndefined()
  })
})

it('scrolls just far enough to show a batch', () => {
  expect(backToShow(9, 10, 4, 0)).toBe(0)
  expect(backToShow(5, 10, 4, 0)).toBe(1)
  expect(backToShow(0, 10, 4, 0)).toBe(6)
  expect(backToShow(7, 10, 4, 6)).toBe(2)
  expect(backToShow(4, 10, 4, 4)).toBe(4)
})

it('stays at a time while newer batches come and older ones go', () => {
  expect(backOfTime([1000, 2000, 3000], 2000)).toBe(1)
  expect(backOfTime([3000, 4000], 2000)).toBe(1)
  expect(backOfTime([1000], 2000)).toBe(0)
})
