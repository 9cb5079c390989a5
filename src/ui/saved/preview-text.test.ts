import { expect, it } from 'vitest'
import { previewOf } from './preview-text.ts'

it.each([
  ['', { lines: [], more: false }],
  ['a\nb\n', { lines: ['a', 'b'], more: false }],
  ['a\n\nb', { lines: ['a', '', 'b'], more: false }],
  ['\n', { lines: [''], more: false }],
])('%o', (text, preview) => expect(previewOf(text)).toEqual(preview))

it('shows the beginning of what is long, and says so', () => {
  const many = previewOf('x\n'.repeat(20_000))
  expect(many).toMatchObject({ more: true })
  expect(many.lines).toHaveLength(10_000)
  const wide = previewOf('x'.repeat(600_000))
  expect(wide.more).toBe(true)
  expect(wide.lines).toEqual([`${'x'.repeat(4_000)}…`])
})
