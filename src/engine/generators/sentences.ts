import type { Row } from './row.ts'
import {
  adjectives,
  adverbs,
  conjunctions,
  determiners,
  movements,
  names,
  nouns,
  prepositions,
  verbs,
} from './words.ts'
import { zipfPicker } from './zipf.ts'

const pick = {
  determiner: zipfPicker(determiners, 1.3),
  noun: zipfPicker(nouns),
  adjective: zipfPicker(adjectives),
  verb: zipfPicker(verbs),
  movement: zipfPicker(movements),
  preposition: zipfPicker(prepositions),
  adverb: zipfPicker(adverbs),
  conjunction: zipfPicker(conjunctions),
  name: zipfPicker(names),
} as const

type Part = keyof typeof pick

/** d determiner, n noun, a adjective, v verb, m movement, p preposition, r adverb, c conjunction, N name. */
const letters: Readonly<Record<string, Part>> = {
  d: 'determiner',
  n: 'noun',
  a: 'adjective',
  v: 'verb',
  m: 'movement',
  p: 'preposition',
  r: 'adverb',
  c: 'conjunction',
  N: 'name',
}

/** The plans of sentences, 4 to 12 words long, the common ones first. */
const plans = [
  ...['dnvdn', 'danmpdn', 'dnmpdn', 'Nvdnpdn', 'danvdan', 'dnvdnpdn', 'rdnmpdan', 'dnmrpdn', 'NmpdncNvdn'],
  ...['danvdnpdan', 'dnmcdnvdn', 'Nrvdn', 'dnpdnmr', 'danmpdncNmr', 'dnvdncdnmpdn', 'dnrm', 'dnpdnvdanpdn'],
].map((plan) => Array.from(plan, (letter): Part => letters[letter] ?? 'determiner'))

const [firstPlan = [], ...otherPlans] = plans
const pickPlan = zipfPicker([firstPlan, ...otherPlans], 0.6)

/** A sentence such as "the old boat crossed the river": small letters and single spaces only, so that splitting at
 *  spaces gives the words. Word frequencies follow Zipf's law. */
export function generateSentence(row: Row): string {
  const plan = pickPlan(row.random())
  let sentence = ''
  let previous = ''
  for (const part of plan) {
    const word = pick[part](row.random())
    if (previous === 'a' && /^[aeiou]/.test(word)) sentence += 'n'
    sentence += sentence === '' ? word : ` ${word}`
    previous = word
  }
  return sentence
}
