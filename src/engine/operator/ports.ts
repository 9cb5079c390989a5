import type { InputPort } from './operator.ts'

// The inputs that operators have in common. Port names are part of the document.

/** One stream of any records. */
export const oneInput: readonly InputPort[] = [{ name: 'in', label: 'Stream', accepts: 'any', many: false }]

/** One stream of [key, value] pairs. */
export const pairInput: readonly InputPort[] = [{ name: 'in', label: 'Pairs', accepts: 'pairs', many: false }]

/** Any number of streams, read in the order of their edges. */
export const manyInputs: readonly InputPort[] = [{ name: 'in', label: 'Streams', accepts: 'any', many: true }]

/** Two streams of [key, value] pairs. */
export const twoPairInputs: readonly InputPort[] = [
  { name: 'in', label: 'Left pairs', accepts: 'pairs', many: false },
  { name: 'other', label: 'Right pairs', accepts: 'pairs', many: false },
]

/** The states of an operator that holds them. */
export const statesInput: readonly InputPort[] = [{ name: 'in', label: 'States', accepts: 'states', many: false }]

/** Two streams of any records. */
export const twoInputs: readonly InputPort[] = [
  { name: 'in', label: 'First stream', accepts: 'any', many: false },
  { name: 'other', label: 'Second stream', accepts: 'any', many: false },
]
