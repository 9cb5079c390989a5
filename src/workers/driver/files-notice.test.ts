import { expect, test } from 'vitest'
import { FilesNotice } from './files-notice.ts'

test('tells at once, then gathers, and never leaves out the last change', () => {
  const told: string[] = []
  const due: (() => void)[] = []
  const after = (_ms: number, act: () => void) => {
    due.push(act)
    return () => {}
  }
  const notice = new FilesNotice({ now: () => 0, after }, (id) => told.push(id))
  const pass = () => due.shift()?.()
  notice.changed('a')
  for (let save = 0; save < 100; save++) notice.changed('a')
  notice.changed('b')
  expect(told).toEqual(['a'])
  pass()
  expect(told).toEqual(['a', 'a', 'b'])
  pass()
  expect(due).toEqual([])
  notice.changed('b')
  expect(told).toEqual(['a', 'a', 'b', 'b'])
})
