import { expect, test } from 'vitest'
import { placeMenu } from './menu-place.ts'

const window = { width: 1000, height: 600 }
const menu = { width: 200, height: 100 }
const button = { left: 300, top: 20, width: 40, height: 30 }

test('hangs below its button, from its left or its right edge', () => {
  expect(placeMenu(button, menu, 'start', window)).toEqual({ left: 300, top: 54 })
  expect(placeMenu(button, menu, 'end', window)).toEqual({ left: 140, top: 54 })
})

test('goes above where there is no room below, and stays in the window', () => {
  expect(placeMenu({ ...button, top: 500 }, menu, 'start', window).top).toBe(396)
  expect(placeMenu({ ...button, left: 950 }, menu, 'start', window).left).toBe(792)
  expect(placeMenu({ left: 10, top: 50, width: 0, height: 0 }, { width: 200, height: 580 }, 'start', window)).toEqual({
    left: 10,
    top: 12,
  })
})
