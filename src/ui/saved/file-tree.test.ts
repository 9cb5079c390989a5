import { describe, expect, it } from 'vitest'
import type { SavedDirectory } from '#protocol/saved-files.ts'
import { listRows, stepFor, totalsOf } from './file-tree.ts'

const part = (name: string, records: number | undefined = 2) => ({ name, bytes: 10, records })
const whole: SavedDirectory = {
  name: 'out-2000',
  savedAtMs: 2,
  parts: [part('part-00000'), part('part-00001')],
  whole: true,
}
const broken: SavedDirectory = {
  name: 'out-1000',
  savedAtMs: 1,
  parts: [{ name: 'part-00000', bytes: 10, records: undefined }],
  whole: false,
}
const paths = (open: readonly string[]) => listRows([whole, broken], new Set(open)).map((row) => row.path)

describe('listRows', () => {
  it('shows the files of open directories, _SUCCESS only where it is', () => {
    expect(paths([])).toEqual(['out-2000', 'out-1000'])
    expect(paths(['out-2000', 'out-1000'])).toEqual([
      'out-2000',
      'out-2000/part-00000',
      'out-2000/part-00001',
      'out-2000/_SUCCESS',
      'out-1000',
      'out-1000/part-00000',
    ])
  })
})

describe('stepFor', () => {
  const rows = listRows([whole, broken], new Set(['out-2000']))
  it.each([
    ['ArrowDown', undefined, { kind: 'select', path: 'out-2000' }],
    ['ArrowDown', 'out-2000', { kind: 'select', path: 'out-2000/part-00000' }],
    ['ArrowDown', 'out-1000', undefined],
    ['ArrowUp', 'out-2000', undefined],
    ['ArrowUp', 'out-1000', { kind: 'select', path: 'out-2000/_SUCCESS' }],
    ['End', 'out-2000', { kind: 'select', path: 'out-1000' }],
    ['Home', 'out-1000', { kind: 'select', path: 'out-2000' }],
    ['ArrowRight', 'out-1000', { kind: 'open', path: 'out-1000' }],
    ['ArrowRight', 'out-2000', { kind: 'select', path: 'out-2000/part-00000' }],
    ['ArrowLeft', 'out-2000/part-00001', { kind: 'select', path: 'out-2000' }],
    ['ArrowLeft', 'out-2000', { kind: 'close', path: 'out-2000' }],
    ['ArrowLeft', 'out-1000', undefined],
    ['Enter', 'out-2000', { kind: 'close', path: 'out-2000' }],
    [' ', 'out-1000', { kind: 'open', path: 'out-1000' }],
    ['a', 'out-1000', undefined],
  ])('%s on %s', (key, selected, step) => expect(stepFor(key, rows, selected)).toEqual(step))
})

describe('totalsOf', () => {
  it('adds up', () => expect(totalsOf(whole)).toEqual({ bytes: 20, records: 4 }))
  it('does not guess', () => expect(totalsOf(broken)).toEqual({ bytes: 10, records: undefined }))
})
