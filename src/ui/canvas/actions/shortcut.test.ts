import { expect, test } from 'vitest'
import { printShortcut } from './shortcut.ts'

test('shortcuts read as the keyboard has them', () => {
  expect(printShortcut('$mod+d', false)).toBe('Ctrl+D')
  expect(printShortcut('$mod+d', true)).toBe('⌘D')
  expect(printShortcut('Delete', false)).toBe('Del')
  expect(printShortcut('F2', false)).toBe('F2')
  expect(printShortcut('Shift++', false)).toBe('Shift++')
  expect(printShortcut('+', false)).toBe('+')
})
