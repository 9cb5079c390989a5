import { expect, test } from 'vitest'
import { placeHint } from './hint-place.ts'

const window = { width: 1000, height: 500 }
const hint = { width: 100, height: 20 }

test('stands in the middle of the wished side', () => {
  const control = { left: 400, top: 200, width: 40, height: 30 }
  expect(placeHint(control, hint, 'bottom', window)).toEqual({ left: 370, top: 236 })
  expect(placeHint(control, hint, 'right', window)).toEqual({ left: 446, top: 205 })
})

test('goes to the other side where there is no room', () => {
  expect(placeHint({ left: 400, top: 470, width: 40, height: 20 }, hint, 'bottom', window).top).toBe(444)
  expect(placeHint({ left: 900, top: 200, width: 40, height: 20 }, hint, 'right', window).left).toBe(794)
})

test('never leaves the window', () => {
  expect(placeHint({ left: 0, top: 0, width: 20, height: 20 }, hint, 'bottom', window).left).toBe(8)
  expect(placeHint({ left: 980, top: 0, width: 20, height: 20 }, hint, 'bottom', window).left).toBe(892)
})
