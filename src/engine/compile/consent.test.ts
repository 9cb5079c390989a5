import { expect, test } from 'vitest'
import { pipelineOf } from '#engine/compile/testing/pipeline-of.ts'
import { consentSubject } from './consent.ts'

const nodes = {
  a: ['webSocketTextStream', { url: 'wss://example.org/feed' }],
  m: ['map', { fn: 'x => x' }, 'a'],
  out: ['print', {}, 'm'],
} as const
const textOf = (...given: Parameters<typeof pipelineOf>): string => consentSubject(pipelineOf(...given)).text

test('shows every function, the prelude and every address', () => {
  const subject = consentSubject(pipelineOf(nodes, { prelude: 'const k = 1' }))
  expect(subject.functions).toEqual([{ node: 'm', param: 'fn', source: 'x => x' }])
  expect(subject.prelude).toBe('const k = 1')
  expect(subject.destinations).toMatchObject([{ node: 'a', direction: 'reads', address: 'wss://example.org/feed' }])
})

test('asks again when code or addresses change, and only then', () => {
  const text = textOf(nodes)
  expect(textOf({ source: nodes.a, step: ['map', { fn: 'x => x' }, 'source'], out: ['print', {}, 'step'] })).toBe(text)
  expect(textOf(nodes, { batchMs: 500, seed: 9 })).toBe(text)
  expect(textOf({ ...nodes, m: ['map', { fn: 'x => x + 1' }, 'a'] })).not.toBe(text)
  expect(textOf({ ...nodes, m: ['filter', { fn: 'x => x' }, 'a'] })).not.toBe(text)
  expect(textOf({ ...nodes, a: ['webSocketTextStream', { url: 'wss://example.com/feed' }] })).not.toBe(text)
  expect(textOf(nodes, { prelude: '' })).not.toBe(textOf(nodes, { prelude: 'const k = 1' }))
})
