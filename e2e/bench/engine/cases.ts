import type { BenchCase, BenchHost } from './case.ts'
import { blockTransport } from './cases/block-transport.ts'
import { grep } from './cases/grep.ts'
import { grouping } from './cases/grouping.ts'
import { oneTextOfMany } from './cases/one-text-of-many.ts'
import { shuffleTransport } from './cases/shuffle-transport.ts'
import { sixOperators } from './cases/six-operators.ts'
import { wordCount } from './cases/word-count.ts'

export interface CaseEntry {
  open(host: BenchHost): Promise<BenchCase>
  /** In how many pages it runs; five when nothing is said. Fewer for what takes long. */
  readonly pages?: number
  /** Rounds in each page; 16 when nothing is said. */
  readonly rounds?: number
  /** A variant whose times after other pipelines are compared with its times in pages where none ran before. */
  readonly besideAlone?: string
}

/** All cases of `npm run bench`, by name. */
export const cases: Readonly<Record<string, CaseEntry>> = {
  wordCount: { open: wordCount },
  sixOperators: { open: sixOperators },
  grouping: { open: grouping },
  grep: { open: grep },
  oneTextOfMany: { open: oneTextOfMany, pages: 3 },
  afterOthers: { open: sixOperators, besideAlone: 'engine' },
  blockTransport: { open: blockTransport, pages: 3 },
  shuffleTransport: { open: shuffleTransport, pages: 3 },
}
