/** Colours of the strip, read from the theme's tokens. */
export interface StripPalette {
  readonly rate: string
  readonly scheduling: string
  readonly processing: string
  readonly total: string
  readonly grid: string
  readonly text: string
  readonly danger: string
  readonly warning: string
  readonly shown: string
  readonly shownEdge: string
  readonly hatch: string
}

const tokens: Readonly<Record<keyof StripPalette, string>> = {
  rate: '--chart-1',
  scheduling: '--chart-2',
  processing: '--chart-1',
  total: '--chart-3',
  grid: '--border',
  text: '--text-muted',
  danger: '--danger',
  warning: '--warning',
  shown: '--accent-soft',
  shownEdge: '--accent',
  hatch: '--border-strong',
}

/** The colours as they are now: a canvas does not follow custom properties by itself. */
export function readPalette(element: Element): StripPalette {
  const style = getComputedStyle(element)
  const entries = Object.entries(tokens).map(([name, token]) => [name, style.getPropertyValue(token).trim()])
  // The record above names every key of StripPalette.
  return Object.fromEntries(entries) as StripPalette
}
