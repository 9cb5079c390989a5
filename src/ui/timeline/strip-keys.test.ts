import { expect, it } from 'vitest'
import { stripKey } from './strip-keys.ts'

it.each([
  ['ArrowLeft', 5, 4],
  ['ArrowLeft', 0, 0],
  ['ArrowRight', 8, 9],
  ['ArrowRight', 9, 'live'],
  ['PageDown', 5, 0],
  ['Home', 9, 0],
  ['End', 3, 'live'],
  ['Escape', 3, 'live'],
  ['a', 3, undefined],
])('%s on batch %d of ten leads to %s', (key, shown, target) => expect(stripKey(key, shown, 10)).toBe(target))

it('does nothing without batches', () => expect(stripKey('ArrowLeft', -1, 0)).toBeUndefined())
