import { expect, test, vi } from 'vitest'
import { guardPort } from './guarded-port.ts'

/** A port into which a test puts messages; `looked` counts how many were taken apart. */
function fakePort() {
  const seen = { looked: 0, closed: false }
  const port = {
    onmessage: null as ((event: unknown) => void) | null,
    onmessageerror: null as (() => void) | null,
    postMessage: vi.fn(),
    close: () => {
      seen.closed = true
    },
  }
  const receive = (data: unknown, ports: readonly unknown[] = []): void => {
    const event = {
      get data() {
        seen.looked += 1
        return data
      },
      ports,
    }
    port.onmessage?.(event)
  }
  // Only these members of a MessagePort are used.
  return { link: guardPort(port as unknown as MessagePort), port, seen, receive }
}

test('a flood ends at the message after the last that was granted, which nobody looks at', () => {
  const { link, seen, receive } = fakePort()
  const heard: unknown[] = []
  const violated = vi.fn()
  link.listen((data) => heard.push(data))
  link.onViolation(violated)
  link.grant(4)
  for (let message = 1; message <= 1000; message++) receive(message)
  expect(heard).toEqual([1, 2, 3, 4])
  expect(seen).toEqual({ looked: 4, closed: true })
  expect(violated).toHaveBeenCalledTimes(1)
})

test('a grant is what may come from now on', () => {
  const { link, receive } = fakePort()
  const heard: unknown[] = []
  link.listen((data) => heard.push(data))
  for (let round = 0; round < 3; round++) {
    link.grant(2)
    receive(round)
    receive(round)
  }
  expect(heard).toEqual([0, 0, 1, 1, 2, 2])
})

test('a message that carries ports is a violation, looked at by nobody', () => {
  const { link, seen, receive } = fakePort()
  const violated = vi.fn()
  link.listen(() => {})
  link.onViolation(violated)
  link.grant(4)
  receive('take this', [{}])
  expect(seen).toEqual({ looked: 0, closed: true })
  expect(violated).toHaveBeenCalledTimes(1)
})
