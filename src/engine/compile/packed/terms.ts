// What a packed loop knows of a record without making it: where its text lies in the block.

import type { Separator } from './separator.ts'

/** A stretch of the block's text. */
export type Region =
  | { readonly kind: 'line' }
  /** The piece at hand of a line that a flatMap has split. */
  | { readonly kind: 'word' }
  /** A piece of a split line by its index. */
  | { readonly kind: 'field'; readonly index: number; readonly split: Split }
  /** A member of the object that the line is the JSON text of, when it is a string. */
  | { readonly kind: 'member'; readonly name: string }
  /** Without the blanks around it. */
  | { readonly kind: 'trimmed'; readonly of: Region }

/** A string. */
export interface Text {
  readonly kind: 'text'
  readonly region: Region
  readonly lowered: boolean
}

export interface Split {
  readonly separator: Separator
  /** It is the lower-cased line that is split. */
  readonly lowered: boolean
  /** It is the line without the blanks around it. */
  readonly trimmed: boolean
}

export interface Pieces {
  readonly kind: 'pieces'
  readonly split: Split
  /** What each piece has been made into, and what it had to fulfil. */
  readonly piece: Term
  readonly tests: readonly Test[]
}

/** A member of the line's object, whatever it is. */
export interface Member {
  readonly kind: 'member'
  readonly name: string
}

export type Reading = 'Number' | 'parseFloat' | 'parseInt' | 'parseInt10'

export type Arithmetic = '+' | '-' | '*' | '/' | '%'

export type NumberTerm =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'length'; readonly of: Text }
  /** How many pieces the line has. */
  | { readonly kind: 'fields' }
  | { readonly kind: 'number'; readonly of: Text; readonly by: Reading }
  /** A member of the line's object that is a number. */
  | { readonly kind: 'numeric'; readonly name: string }
  | {
      readonly kind: 'arithmetic'
      readonly left: NumberTerm
      readonly operator: Arithmetic
      readonly right: NumberTerm
    }

export type Constant = string | number | boolean | null

/** A value that a recognised function gives, in terms of the line. */
export type Term =
  | Text
  | Pieces
  | Member
  | NumberTerm
  | { readonly kind: 'json' }
  | { readonly kind: 'constant'; readonly value: Constant }
  | { readonly kind: 'pair'; readonly key: Term; readonly value: Term }

/** A condition on the record at hand. */
export type Test =
  | { readonly kind: 'all' | 'any'; readonly tests: readonly Test[] }
  | { readonly kind: 'not'; readonly test: Test }
  | {
      readonly kind: 'find'
      readonly text: Text
      readonly how: 'includes' | 'startsWith' | 'endsWith' | 'equals'
      readonly needle: string
    }
  | {
      readonly kind: 'compare'
      readonly left: NumberTerm
      readonly operator: '<' | '>' | '<=' | '>=' | '===' | '!=='
      readonly right: NumberTerm
    }
  /** The member counts as true. */
  | { readonly kind: 'holds'; readonly name: string }

/** What a step takes for granted; where it is not so, the block goes to the general loop. */
export type Demand =
  /** The number of pieces; the piece at `index`, where there is one. */
  | { readonly kind: 'fields'; readonly split: Split; readonly index?: number }
  | { readonly kind: 'json' }
  | { readonly kind: 'member'; readonly name: string; readonly is: 'any' | 'string' | 'number' }

export type PackedStep = { readonly demands: readonly Demand[] } & (
  | { readonly kind: 'map' }
  | { readonly kind: 'filter'; readonly test: Test }
  | { readonly kind: 'flatMap'; readonly pieces: Pieces }
)

export type Reduction = 'sum' | 'max' | 'min'

/** What becomes of the last step's records. */
export type PackedEnd = { readonly demands: readonly Demand[] } & (
  | { readonly kind: 'reduce'; readonly by: Reduction; readonly key: Term; readonly value: NumberTerm }
  | { readonly kind: 'collect'; readonly record: Term }
)

/** A chain whose functions are all known forms. */
export interface PackedProgram {
  readonly steps: readonly PackedStep[]
  readonly end: PackedEnd
}
