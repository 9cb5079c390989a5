import { expect, test } from 'vitest'
import type { Edit } from './edit.ts'
import { commitEdit, type History, MAX_STEPS, redo, sealHistory, startHistory, undo } from './history.ts'
import { invariant } from './invariant.ts'
import { parsePipeline } from './parse-pipeline.ts'

const parsed = parsePipeline({ format: 'sluice/1', name: 'v0', nodes: [{ id: 'a', op: 'map', params: { fn: '' } }] })
invariant(parsed.ok, 'the pipeline of this test is valid')
const start = startHistory(parsed.value)

function commit(history: History, edit: Edit, key?: string): History {
  const result = commitEdit(history, edit, key === undefined ? {} : { key })
  invariant(result.ok, 'the edits of this test are valid')
  return result.value
}

function back(history: History): History {
  return undo(history) ?? history
}

const name = (text: string): Edit => ({ kind: 'setName', name: text })
const fn = (value: string): Edit => ({ kind: 'setParam', node: 'a', param: 'fn', value })

test('undo and redo walk along the steps', () => {
  const two = commit(commit(start, name('v1')), name('v2'))
  expect(two.done.map(({ label }) => label)).toEqual(['Name the pipeline v1', 'Name the pipeline v2'])
  const one = back(two)
  expect(one.pipeline.name).toBe('v1')
  const none = back(one)
  expect(none.pipeline).toStrictEqual(start.pipeline)
  expect(undo(none)).toBeUndefined()
  expect(redo(redo(none) ?? none)?.pipeline.name).toBe('v2')
  expect(redo(two)).toBeUndefined()
})

test('an edit after undo forgets what was undone', () => {
  const branched = commit(back(commit(start, name('v1'))), name('w1'))
  expect(redo(branched)).toBeUndefined()
  expect(branched.pipeline.name).toBe('w1')
})

test('edits with the same key are one step', () => {
  let history = start
  for (const text of ['x', 'x ', 'x =', 'x => x']) history = commit(history, fn(text), 'type a.fn')
  expect(history.done).toHaveLength(1)
  expect(history.done[0]?.edit).toEqual(fn('x => x'))
  expect(back(history).pipeline).toStrictEqual(start.pipeline)
  expect(redo(back(history))?.pipeline).toStrictEqual(history.pipeline)
})

test('edits of different kinds with the same key are one step too', () => {
  const history = commit(commit(commit(start, name('v1'), 'k'), fn('x'), 'k'), name('v2'), 'k')
  expect(history.done).toHaveLength(1)
  expect(back(history).pipeline).toStrictEqual(start.pipeline)
  expect(redo(back(history))?.pipeline).toStrictEqual(history.pipeline)
})

test('another key, no key, a seal or an undo begins a new step', () => {
  const typed = commit(start, fn('x'), 'type')
  expect(commit(typed, fn('y'), 'other').done).toHaveLength(2)
  expect(commit(typed, fn('y')).done).toHaveLength(2)
  expect(commit(sealHistory(typed), fn('y'), 'type').done).toHaveLength(2)
  const redone = redo(back(typed)) ?? typed
  expect(commit(redone, fn('y'), 'type').done).toHaveLength(2)
})

test('a failing edit gives its problems, one without effect changes nothing', () => {
  expect(commitEdit(start, { kind: 'removeNodes', ids: ['nobody'] })).toMatchObject({
    ok: false,
    error: [{ code: 'edit/not-there', node: 'nobody' }],
  })
  expect(commit(start, name('v0'))).toBe(start)
})

test('a step can have a label of its own', () => {
  const result = commitEdit(start, name('v1'), { label: 'Rename' })
  expect(result).toMatchObject({ ok: true, value: { done: [{ label: 'Rename' }] } })
})

test('the oldest steps are forgotten', () => {
  let history = start
  for (let i = 1; i <= MAX_STEPS + 10; i++) history = commit(history, name(`v${i}`))
  expect(history.done).toHaveLength(MAX_STEPS)
  for (let i = 0; i < MAX_STEPS; i++) history = back(history)
  expect(history.pipeline.name).toBe('v10')
  expect(undo(history)).toBeUndefined()
})
