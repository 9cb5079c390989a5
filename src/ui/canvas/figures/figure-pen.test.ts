import { expect, test } from 'vitest'
import { FigurePen, type PenContext } from './figure-pen.ts'

/** A drawing that notes what is written; `widths` are those of letters, 8 if not named. */
function paper(widths: Readonly<Record<string, number>> = {}) {
  const written: string[] = []
  const widthOf = (text: string) => [...text].reduce((sum, letter) => sum + (widths[letter] ?? 8), 0)
  const metrics = { fontBoundingBoxAscent: 12.1, fontBoundingBoxDescent: 2.9 }
  const context = {
    font: '',
    fillStyle: '',
    textAlign: 'left' as CanvasTextAlign,
    fillText: (text: string, x: number, y: number) =>
      written.push(`${text} ${context.textAlign} ${x},${y} ${context.fillStyle}`),
    // A cast: the pen reads no more of it.
    measureText: (text: string) => ({ ...metrics, width: widthOf(text) }) as TextMetrics,
  } satisfies PenContext
  return { context, written }
}

const ink = { font: '13px sans-serif', colour: 'black' }
const line = { x: 100, top: 20, height: 19, align: 'right' } as const

test('writes into the middle of a line as the page does', () => {
  const { context, written } = paper()
  const pen = new FigurePen(context)
  pen.write('1,234', ink, line)
  pen.write('5', { ...ink, colour: 'grey' }, { ...line, align: 'center' })
  expect(written).toEqual(['1,234 right 100,34 black', '5 center 100,34 grey'])
})

test('gives digits of different widths cells of one width', () => {
  const { context, written } = paper({ 1: 4, ',': 2 })
  new FigurePen(context).write('1,1', ink, line)
  // Cells of 8 for digits: from 82 to 90, 92 and 100.
  expect(written).toEqual(['1 center 86,34 black', ', center 91,34 black', '1 center 96,34 black'])
})

test('sets again what a new size made the drawing forget', () => {
  const { context, written } = paper()
  const pen = new FigurePen(context)
  pen.write('1', ink, line)
  Object.assign(context, { font: '', fillStyle: '', textAlign: 'left' })
  pen.forget()
  pen.write('2', ink, line)
  expect(written.at(-1)).toBe('2 right 100,34 black')
})
