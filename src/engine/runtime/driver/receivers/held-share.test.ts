import { expect, test } from 'vitest'
import { HeldShare } from './held-share.ts'

function heldSince(startMs: number) {
  const clock = { nowMs: startMs }
  const held = new HeldShare({ now: () => clock.nowMs }, 5000)
  return { clock, held, share: () => held.told(true).heldShare }
}

test('a source that is held for three tenths of each second is said to be', () => {
  const { clock, held, share } = heldSince(0)
  for (let second = 0; second < 60; second++) {
    clock.nowMs = second * 1000
    held.note(true)
    clock.nowMs += 300
    held.note(false)
  }
  clock.nowMs = 60_000
  expect(share()).toBeCloseTo(0.3, 1)
})

test('what is long past is forgotten', () => {
  const { clock, held, share } = heldSince(1_000_000)
  expect(share()).toBe(0)
  held.note(true)
  expect(share()).toBe(0)
  clock.nowMs += 30_000
  expect(share()).toBeGreaterThan(0.99)
  held.note(false)
  clock.nowMs += 30_000
  expect(share()).toBeLessThan(0.01)
})

test('nothing is told without a connection, or without a time to tell it of', () => {
  expect(heldSince(0).held.told(false)).toEqual({})
  expect(new HeldShare({ now: () => 0 }, undefined).told(true)).toEqual({})
})
