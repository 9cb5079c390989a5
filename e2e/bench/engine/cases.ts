import type { BenchCase, BenchHost } from './case.ts'
import { blockTransport } from './cases/block-transport.ts'
import { grep } from './cases/grep.ts'
import { grouping } from './cases/grouping.ts'
import { oneTextOfMany } from './cases/one-text-of-many.ts'
import { csvPicks, jsonPicks } from './cases/picks.ts'
import { shuffleTransport } from './cases/shuffle-transport.ts'
import { sixOperators } from './cases/six-operators.ts'
import { state, stateOfMillion } from './cases/state.ts'
import { windowHour, windowLength, windowOfMillion, windowSlide } from './cases/windows.ts'
import { wordCount } from './cases/word-count.ts'

export interface CaseEntry {
  open(host: BenchHost): Promise<BenchCase>
  /** In how many pages it runs; five when nothing is said. Fewer for what takes long. */
  readonly pages?: number
  /** Rounds in each page; 16 when nothing is said. */
  readonly rounds?: number
  /** Runs only when asked for by name: it takes long, or much memory. */
  readonly onDemand?: true
  /** A variant whose times after other pipelines are compared with its times in pages where none ran before. */
  readonly besideAlone?: string
}

/** All cases of `npm run bench`, by name. */
export const cases: Readonly<Record<string, CaseEntry>> = {
  wordCount: { open: wordCount },
  sixOperators: { open: sixOperators },
  grouping: { open: grouping },
  grep: { open: grep },
  csvPicks: { open: csvPicks, pages: 3 },
  jsonPicks: { open: jsonPicks, pages: 3 },
  oneTextOfMany: { open: oneTextOfMany, pages: 3 },
  afterOthers: { open: sixOperators, besideAlone: 'engine' },
  blockTransport: { open: blockTransport, pages: 3 },
  shuffleTransport: { open: shuffleTransport, pages: 3 },
  windowSlide: { open: windowSlide, pages: 3, rounds: 12 },
  windowLength: { open: windowLength, pages: 3, rounds: 12 },
  state: { open: state, pages: 3, rounds: 12 },
  stateOfMillion: { open: stateOfMillion, pages: 1, rounds: 8, onDemand: true },
  windowHour: { open: windowHour, pages: 1, onDemand: true },
  windowOfMillion: { open: windowOfMillion, pages: 1, rounds: 8, onDemand: true },
}
