import { expect, test } from 'vitest'
import { State } from './state.ts'

test('a state that is absent, set, updated, removed', () => {
  const state = new State()
  expect(state.exists()).toBe(false)
  expect(() => state.get()).toThrow('State is not set')
  State.engine.wrap(state, true, 1)
  expect([state.exists(), state.get(), state.getOption(), State.engine.isUpdated(state)]).toEqual([true, 1, 1, false])
  state.update(2)
  expect([state.get(), State.engine.isUpdated(state)]).toEqual([2, true])
  state.remove()
  expect([state.exists(), State.engine.isRemoved(state), state.getOption()]).toEqual([false, true, undefined])
  expect(() => state.update(3)).toThrow('Cannot update the state after it has been removed')
  expect(() => state.remove()).toThrow('Cannot remove the state that has already been removed')
})

test('a state that is timing out can be read and not changed', () => {
  const state = new State()
  State.engine.wrap(state, true, 3, true)
  expect([state.exists(), state.get(), state.isTimingOut()]).toEqual([true, 3, true])
  expect(() => state.update(4)).toThrow('Cannot update the state that is timing out')
  expect(() => state.remove()).toThrow('Cannot remove the state that is timing out')
})
