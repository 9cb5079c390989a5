import type { Point } from './measure-point.ts'

export interface Line {
  readonly name: string
  readonly points: readonly Point[]
}

const [WIDTH, HEIGHT] = [560, 340]
const [LEFT, RIGHT, TOP, BOTTOM] = [64, 16, 40, 80]
/** Colours that can be told apart on light and dark ground, also by those who see few of them; dashes tell as much. */
const COLOURS = ['#2f7ed8', '#c2570c']
const DASHES = ['', '6 4']

const STYLE = `text{font:12px system-ui,sans-serif;fill:#444}.title{font-weight:600;fill:#222}.grid{stroke:#ddd}
@media (prefers-color-scheme:dark){text{fill:#bbb}.title{fill:#eee}.grid{stroke:#444}}`

/** A picture of costs over sizes, both axes logarithmic; SVG. */
export function printPlot(title: string, unit: string, lines: readonly Line[]): string {
  const known = lines.flatMap(({ points }) =>
    points.flatMap(({ size, ms }) => (ms === undefined ? [] : [{ size, ms }])),
  )
  const x = axis(
    known.map(({ size }) => size),
    LEFT,
    WIDTH - RIGHT,
  )
  const y = axis(
    known.map(({ ms }) => ms),
    HEIGHT - BOTTOM,
    TOP,
  )
  const parts = [
    ...x.decades.map((size) => [
      grid(x.at(size), TOP, x.at(size), HEIGHT - BOTTOM),
      text(x.at(size), HEIGHT - BOTTOM + 18, short(size), 'middle'),
    ]),
    ...y.decades.map((ms) => [
      grid(LEFT, y.at(ms), WIDTH - RIGHT, y.at(ms)),
      text(LEFT - 8, y.at(ms) + 4, `${short(ms)} ms`, 'end'),
    ]),
    lines.map((line, index) => draw(line, index, x.at, y.at)),
    [text(WIDTH - RIGHT, HEIGHT - BOTTOM + 34, unit, 'end')],
  ].flat()
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${title}: processor ms a batch over ${unit}">`,
    `<style>${STYLE}</style>`,
    `<text class="title" x="${LEFT}" y="20">${title}</text>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n')
}

interface Axis {
  at(value: number): number
  readonly decades: readonly number[]
}

/** From the power of ten below the least value to the one above the greatest. */
function axis(values: readonly number[], from: number, to: number): Axis {
  const low = Math.floor(Math.log10(Math.min(...values)))
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))))
  return {
    at: (value) => round(from + ((Math.log10(value) - low) / (high - low)) * (to - from)),
    decades: Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index)),
  }
}

function draw({ name, points }: Line, index: number, x: Axis['at'], y: Axis['at']): string {
  const colour = COLOURS[index % COLOURS.length]
  const places = points.flatMap(({ size, ms }) => (ms === undefined ? [] : [`${x(size)},${y(ms)}`]))
  const [left, top] = [LEFT, HEIGHT - 26 + index * 18]
  const dash = `stroke="${colour}" stroke-width="2" stroke-dasharray="${DASHES[index % DASHES.length]}"`
  return [
    `<polyline fill="none" ${dash} points="${places.join(' ')}"/>`,
    ...places.map(
      (place) => `<circle r="3" fill="${colour}" cx="${place.split(',')[0]}" cy="${place.split(',')[1]}"/>`,
    ),
    `<line x1="${left}" y1="${top - 4}" x2="${left + 20}" y2="${top - 4}" ${dash}/>`,
    text(left + 26, top, name, 'start'),
  ].join('\n')
}

function grid(x1: number, y1: number, x2: number, y2: number): string {
  return `<line class="grid" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}"/>`
}

function text(x: number, y: number, words: string, anchor: 'start' | 'middle' | 'end'): string {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}">${words}</text>`
}

const round = (value: number): number => Math.round(value * 10) / 10

function short(value: number): string {
  if (value >= 1_000_000) return `${value / 1_000_000}M`
  return value >= 1_000 ? `${value / 1_000}k` : String(Number(value.toPrecision(3)))
}
