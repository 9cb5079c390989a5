import type { Constant, NumberTerm, Region, Term, Test, Text } from './terms.ts'

/** Prints conditions and values over the variables of a packed loop. */
export class TermPrinter {
  /** Variables that a condition keeps from line to line. */
  readonly caches: string[] = []
  private readonly names: readonly string[]
  private readonly needEnd: () => void

  /** `names`: members of the line's object that the loop knows; `needEnd` sees to it that the loop knows where the line ends. */
  constructor(names: readonly string[], needEnd: () => void) {
    this.names = names
    this.needEnd = needEnd
  }

  /** Begin of the names of a member's variables. */
  member(name: string): string {
    return `m${this.names.indexOf(name)}`
  }

  test(test: Test): string {
    switch (test.kind) {
      case 'all':
      case 'any':
        return `(${test.tests.map((each) => this.test(each)).join(test.kind === 'all' ? ' && ' : ' || ')})`
      case 'not':
        return `!${this.test(test.test)}`
      case 'compare':
        return `(${this.number(test.left)} ${test.operator} ${this.number(test.right)})`
      case 'find':
        return this.find(test)
      case 'holds': {
        const member = this.member(test.name)
        const isNumber = `(${member}k === 2 && ${this.number({ kind: 'numeric', name: test.name })} !== 0)`
        return `(${member}k === 3 || ${isNumber} || (${member}k === 1 && ${member}e > ${member}s))`
      }
    }
  }

  private find({ text, how, needle }: Extract<Test, { kind: 'find' }>): string {
    const [from, to] = this.boundsOf(text.region)
    const where = text.lowered ? 'low' : 'text'
    const printed = JSON.stringify(needle)
    const length = needle.length
    switch (how) {
      case 'equals':
        return `(${to} - ${from} === ${length} && ${where}.startsWith(${printed}, ${from}))`
      case 'startsWith':
        return `(${from} + ${length} <= ${to} && ${where}.startsWith(${printed}, ${from}))`
      case 'endsWith':
        return `(${to} - ${length} >= ${from} && ${where}.startsWith(${printed}, ${to} - ${length}))`
      case 'includes': {
        // Stretches come from left to right, so that each place is searched once.
        const cache = `x${this.caches.length}`
        this.caches.push(`${cache} = -1`)
        return `((${cache} < ${from} ? (${cache} = seek(${where}, ${printed}, ${from})) : ${cache}) + ${length} <= ${to})`
      }
    }
  }

  number(term: NumberTerm): string {
    switch (term.kind) {
      case 'constant':
        return `(${printConstant(term.value)})`
      case 'length': {
        const [from, to] = this.boundsOf(term.of.region)
        return `(${to} - ${from})`
      }
      case 'arithmetic':
        return `(${this.number(term.left)} ${term.operator} ${this.number(term.right)})`
      case 'fields':
        return 'fc'
      case 'numeric': {
        const member = this.member(term.name)
        return `readNumber(src, text, ${member}s, ${member}e, Number)`
      }
      case 'number': {
        const [from, to] = this.boundsOf(term.of.region)
        const where = term.of.lowered ? 'low' : 'text'
        const read = term.by === 'parseInt' || term.by === 'parseInt10' ? 'readWhole' : 'readNumber'
        return `${read}(src, ${where}, ${from}, ${to}, ${term.by === 'parseInt10' ? 'parseTen' : term.by})`
      }
    }
  }

  boundsOf(region: Region): readonly [from: string, to: string] {
    switch (region.kind) {
      case 'line':
        this.needEnd()
        return ['ls', 'le']
      case 'word':
        return ['ws', 'p']
      case 'field':
        return [`f${region.index}s`, `f${region.index}e`]
      case 'member': {
        const member = this.member(region.name)
        return [`${member}s`, `${member}e`]
      }
      case 'trimmed': {
        const bounds = this.boundsOf(region.of).join(', ')
        return [`trimStart(src, ${bounds})`, `trimEnd(src, ${bounds})`]
      }
    }
  }

  /** A record as the general loop would make it. */
  record(term: Term): string {
    switch (term.kind) {
      case 'pair':
        return `[${this.record(term.key)}, ${this.record(term.value)}]`
      case 'constant':
        return printConstant(term.value)
      case 'text':
        return this.slice(term)
      case 'member': {
        const member = this.member(term.name)
        const text = this.slice({ kind: 'text', region: term, lowered: false })
        const number = this.number({ kind: 'numeric', name: term.name })
        const kind = `${member}k`
        return `(${kind} === 1 ? ${text} : ${kind} === 2 ? ${number} : ${kind} === 5 ? null : ${kind} === 3)`
      }
      case 'pieces':
      case 'json':
        return 'undefined'
      default:
        return this.number(term)
    }
  }

  private slice({ region, lowered }: Text): string {
    const [from, to] = this.boundsOf(region)
    return `${lowered ? 'low' : 'text'}.slice(${from}, ${to})`
  }
}

export function printConstant(value: Constant): string {
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value)
  return JSON.stringify(value)
}
