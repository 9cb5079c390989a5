import { describe, expect, it } from 'vitest'
import { layExample } from '#ui/inspector/help/lay-example.ts'
import { parseConfValue } from '#ui/inspector/settings/conf-value.ts'
import { checkNodeId } from './node-id.ts'

it('a node’s name is an identifier that is still free', () => {
  const taken = new Set(['lines', 'words'])
  expect(checkNodeId('lines', 'lines', taken)).toBeUndefined()
  expect(checkNodeId('words', 'lines', taken)).toBe('idTaken')
  expect(checkNodeId('2words', 'lines', taken)).toBe('idBad')
  expect(checkNodeId('', 'lines', taken)).toBe('idBad')
  expect(checkNodeId('größe', 'lines', taken)).toBe('idBad')
})

it.each([
  ['true', true],
  [' false ', false],
  ['100', 100],
  ['0.2', 0.2],
  ['1.0', '1.0'],
  ['200ms', '200ms'],
  ['', ''],
])('conf %o is %o', (text, value) => expect(parseConfValue(text)).toBe(value))

describe('layExample', () => {
  it('sets batches under one another', () =>
    expect(layExample({ inputs: [[['a'], null]], expected: [[], []] })).toEqual({ columns: [1, 2], aligned: true }))
  it('counts RDDs when the result skips batches', () =>
    expect(layExample({ inputs: [[['a'], ['b'], ['c']]], expected: [[]] })).toEqual({
      columns: [1, 2, 3],
      aligned: false,
    }))
  it('has only results for a source', () =>
    expect(layExample({ inputs: [], expected: [['a']] })).toEqual({ columns: [1], aligned: true }))
})
