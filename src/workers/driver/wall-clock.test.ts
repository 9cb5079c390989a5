import { expect, test } from 'vitest'
import { WallClock } from './wall-clock.ts'

test('a wall clock catches up after a sleep, and neither trembles nor goes back', () => {
  let wallMs = 50_000
  let steadyMs = 10
  const clock = new WallClock(
    () => wallMs,
    () => steadyMs,
  )
  expect(clock.now()).toBe(50_000)
  steadyMs += 500.25
  wallMs += 501
  expect(clock.now()).toBe(50_500.25)
  // Asleep for an hour.
  wallMs += 3_600_000
  expect(clock.now()).toBe(3_650_501)
  steadyMs += 100
  wallMs += 100
  expect(clock.now()).toBe(3_650_601)
  // Somebody sets the clock back.
  wallMs -= 60_000
  expect(clock.now()).toBe(3_650_601)
})
