import { expect, test } from 'vitest'
import { freshId, freshName, isIdentifier, nearestIdentifier } from './fresh-id.ts'
import { MAX_IDENTIFIER_LENGTH } from './limits.ts'
import { parsePipeline } from './parse-pipeline.ts'

test.each([
  ['words', true],
  ['_2nd', true],
  ['', false],
  ['2nd', false],
  ['word-count', false],
  ['größe', false],
  ['__proto__', false],
  ['constructor', false],
  ['a'.repeat(MAX_IDENTIFIER_LENGTH), true],
  ['a'.repeat(MAX_IDENTIFIER_LENGTH + 1), false],
])('%j is an identifier: %s', (text, expected) => {
  expect(isIdentifier(text)).toBe(expected)
})

test.each([
  ['word counts', 'wordCounts'],
  ['word-count per_key', 'wordCountPer_key'],
  ['2nd', '_2nd'],
  ['Zähler', 'Zahler'],
  ['constructor', 'constructor_'],
  ['…', 'node'],
  ['', 'node'],
])('the identifier nearest to %j is %s', (text, expected) => {
  expect(nearestIdentifier(text)).toBe(expected)
})

test('an id is fresh among the nodes, notes and groups of a document', () => {
  const parsed = parsePipeline({
    format: 'sluice/1',
    nodes: [{ id: 'map', op: 'map' }],
    notes: [{ id: 'map2', text: '' }],
    groups: [{ id: 'map3', nodes: [] }],
  })
  expect(parsed.ok && freshId(parsed.value, 'map')).toBe('map4')
})

test('a taken name gets the lowest free number', () => {
  expect(freshName(new Set(), 'map')).toBe('map')
  expect(freshName(new Set(['map']), 'map')).toBe('map2')
  expect(freshName(new Set(['map', 'map2']), 'map2')).toBe('map3')
  expect(freshName(new Set(['_1']), '1')).toBe('_2')
})

test('a long taken name is cut so that its number fits', () => {
  const long = 'a'.repeat(MAX_IDENTIFIER_LENGTH)
  const fresh = freshName(new Set([long]), long)
  expect(fresh).toBe(`${'a'.repeat(MAX_IDENTIFIER_LENGTH - 1)}2`)
  expect(isIdentifier(fresh)).toBe(true)
})
