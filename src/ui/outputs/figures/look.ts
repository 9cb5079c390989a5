// How series differ beside their colours, by slot; 0 is what all others together look like.

/** Dashes of a line. */
const DASHES = ['0.1 4', '', '7 3', '2 2', '9 3 2 3', '4 3', '13 3', '6 2 2 2 2 2', '3 5'] as const

/** Strokes over a bar: none, or lines through a square of 6 px. */
const HATCHES = [
  'M0 3H6',
  '',
  'M0 6L6 0',
  'M3 0V6',
  'M0 0L6 6',
  'M0 1.5H6M0 4.5H6',
  'M0 6L6 0M0 0L6 6',
  'M1.5 0V6M4.5 0V6',
  'M0 3L3 0M3 6L6 3',
] as const

export function dashesOf(slot: number): string {
  return DASHES[slot] ?? ''
}

export function colourOf(slot: number): string {
  return slot === 0 ? 'var(--series-others)' : `var(--series-${slot})`
}

/** Path of the strokes over a bar. */
export function hatchOf(slot: number): string {
  return HATCHES[slot] ?? ''
}

/** Fill with the pattern that Hatching makes. */
export function hatchFill(id: string, slot: number): string {
  return `url(#${id}${slot})`
}
