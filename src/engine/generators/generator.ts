import { generateClick } from './clicks.ts'
import type { Row } from './row.ts'
import { generateReading } from './sensors.ts'
import { generateSentence } from './sentences.ts'

/** A named maker of records for simulated streams. */
export interface Generator {
  readonly title: string
  /** One sentence for the person who chooses, with an example. */
  readonly describe: string
  /** `text`: every record is a line of text; `records`: an object. */
  readonly kind: 'text' | 'records'
  /** Pure: the record depends on the row alone. */
  readonly generate: (row: Row) => unknown
}

/** The names that stand in documents. */
export type GeneratorName = 'sentences' | 'clicks' | 'sensors'

/** All generators by name. */
export const generators: Readonly<Record<GeneratorName, Generator>> = {
  sentences: {
    title: 'Sentences',
    describe:
      'English-like sentences of 4 to 12 words without punctuation, common words far more often than rare ones, as in "the old boat crossed the river".',
    kind: 'text',
    generate: generateSentence,
  },
  clicks: {
    title: 'Web clicks',
    describe:
      'Visits to the pages of a shop: {user, page, referrer?, ms, at}; ms is the loading time, at the time of the visit in milliseconds. A few users and pages have most of them.',
    kind: 'records',
    generate: generateClick,
  },
  sensors: {
    title: 'Thermometers',
    describe:
      'Readings of twelve thermometers in six rooms: {sensor, room, celsius, at}. A day lasts four minutes; one reading in 500 is a fault, far too high.',
    kind: 'records',
    generate: generateReading,
  },
}

/** The names of all generators, in the order to offer them. */
export const generatorNames = Object.keys(generators) as readonly GeneratorName[] // a cast: keys of a closed literal

/** The generator of a name that came from a document or a command line. */
export function findGenerator(name: string): Generator | undefined {
  return Object.hasOwn(generators, name) ? generators[name as GeneratorName] : undefined // a cast: just tested
}
