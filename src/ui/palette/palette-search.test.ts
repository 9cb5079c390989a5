import { describe, expect, test } from 'vitest'
import { categories } from '#engine/operator/operator.ts'
import { operators } from '#engine/registry.ts'
import { searchPalette } from './palette-search.ts'

const found = (query: string) =>
  searchPalette(operators, query).flatMap((section) => section.operators.map((each) => each.name))

describe('searchPalette', () => {
  test('without a query shows every operator under its category, in the palette order', () => {
    const sections = searchPalette(operators, '  ')
    expect(sections.flatMap((section) => section.operators)).toHaveLength(operators.length)
    const order = sections.map((section) => categories.indexOf(section.category))
    expect(order).toEqual([...order].sort((a, b) => a - b))
  })

  test('puts the operator of that very name first', () => {
    expect(found('map')[0]).toBe('map')
    expect(found('reduceByKey')[0]).toBe('reduceByKey')
    expect(found('window')[0]).toBe('window')
  })

  test('does not mind case, accents and hyphens', () => {
    expect(found('REDUCE-by-key')).toEqual(found('reducebykey'))
    expect(found('jöin')[0]).toBe('join')
  })

  test('finds by what the summary or the help says, when every word occurs', () => {
    const [operator] = operators
    const word =
      operator?.help
        .split(' ')
        .find((each) => each.length > 6)
        ?.replace(/[^a-z]/gi, '') ?? ''
    expect(found(word)).toContain(operator?.name)
    expect(found(`${word} qzx`)).toEqual([])
  })
})
