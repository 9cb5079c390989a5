import { type Category, categories, type Operator } from '#engine/operator/operator.ts'

/** One section of the palette. */
export interface PaletteSection {
  readonly category: Category
  readonly operators: readonly Operator[]
}

/** The sections that hold something; without a query every operator in the registry's order, with one the matches, best first. */
export function searchPalette(operators: readonly Operator[], query: string): readonly PaletteSection[] {
  const words = normalize(query)
    .split(' ')
    .filter((word) => word !== '')
  const scored = operators
    .map((operator) => ({ operator, score: score(operator, words) }))
    .filter((each) => each.score > 0)
    .sort((a, b) => b.score - a.score)
    .map((each) => each.operator)
  const sections = categories
    .map((category) => ({ category, operators: scored.filter((operator) => operator.category === category) }))
    .filter((section) => section.operators.length > 0)
  if (words.length === 0) return sections
  // The section with the best match comes first, so that Enter takes what was meant.
  return sections.sort((a, b) => first(scored, a) - first(scored, b))
}

function first(scored: readonly Operator[], section: PaletteSection): number {
  const [best] = section.operators
  return best === undefined ? scored.length : scored.indexOf(best)
}

/** 0 unless every word occurs; the name weighs most, then its beginning, the summary, the help. */
function score(operator: Operator, words: readonly string[]): number {
  const name = normalize(operator.name)
  const title = normalize(operator.title)
  const summary = normalize(operator.summary)
  const help = normalize(operator.help)
  let total = 1
  for (const word of words) {
    if (name === word) total += 200
    else if (name.startsWith(word) || title.startsWith(word)) total += 100 - Math.min(name.length - word.length, 40)
    else if (name.includes(word) || title.includes(word)) total += 40
    else if (summary.includes(word)) total += 10
    else if (help.includes(word)) total += 3
    else return 0
  }
  return total
}

/** Lower case, accents and punctuation off: `by-key` finds `ByKey`. */
function normalize(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N} ]+/gu, '')
    .replace(/ +/g, ' ')
    .trim()
}
