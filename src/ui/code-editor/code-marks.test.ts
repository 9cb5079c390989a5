import { expect, it } from 'vitest'
import { fitMarks } from './code-marks.ts'

const mark = (from: number, to: number) => ({ from, to, severity: 'error', message: 'm' }) as const
const place = (from: number, to: number, length: number) =>
  fitMarks([mark(from, to)], length).map((m) => [m.from, m.to])

it('keeps marks inside the text and visible', () => {
  expect(place(2, 5, 10)).toEqual([[2, 5]])
  expect(place(8, 40, 10)).toEqual([[8, 10]])
  expect(place(3, 3, 10)).toEqual([[3, 4]])
  expect(place(10, 10, 10)).toEqual([[9, 10]])
  expect(place(0, 5, 0)).toEqual([[0, 0]])
})
