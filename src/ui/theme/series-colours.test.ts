import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

type Triple = readonly [number, number, number]

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')
const [light = '', dark = ''] = css.split('[data-theme="dark"]')
const colourOf = (theme: string, name: string): string =>
  new RegExp(`--${name}: (#[0-9a-f]{6})`).exec(theme)?.[1] ?? 'none'

/** Machado 2009, full severity: what is left of a colour to those who lack one kind of cones. */
const SIGHTS: Readonly<Record<string, readonly [Triple, Triple, Triple]>> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

function linear(hex: string): Triple {
  const channel = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [channel(1), channel(3), channel(5)]
}

const dot = (row: Triple, [r, g, b]: Triple): number => row[0] * r + row[1] * g + row[2] * b

function luminance(hex: string): number {
  return dot([0.2126, 0.7152, 0.0722], linear(hex))
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

/** Oklab, in which distance is what the eye sees of it. */
function oklab(colour: Triple): Triple {
  const l = Math.cbrt(dot([0.4122214708, 0.5363325363, 0.0514459929], colour))
  const m = Math.cbrt(dot([0.2119034982, 0.6806995451, 0.1073969566], colour))
  const s = Math.cbrt(dot([0.0883024619, 0.2817188376, 0.6299787005], colour))
  const cones: Triple = [l, m, s]
  return [
    dot([0.2104542553, 0.793617785, -0.0040720468], cones),
    dot([1.9779984951, -2.428592205, 0.4505937099], cones),
    dot([0.0259040371, 0.7827717662, -0.808675766], cones),
  ]
}

function seen(hex: string, sight: readonly [Triple, Triple, Triple]): Triple {
  const colour = linear(hex)
  const left = sight.map((row) => Math.min(1, Math.max(0, dot(row, colour))))
  return oklab([left[0] ?? 0, left[1] ?? 0, left[2] ?? 0])
}

describe.each([
  ['light', light],
  ['dark', dark],
])('the series of a chart in %s', (_name, theme) => {
  const series = Array.from({ length: 8 }, (_, index) => colourOf(theme, `series-${index + 1}`))

  it('stand out from the surface', () => {
    for (const colour of [...series, colourOf(theme, 'series-others')])
      expect(contrast(colour, colourOf(theme, 'surface'))).toBeGreaterThan(3)
  })

  it.each(Object.entries(SIGHTS))('stand apart to %s sight', (_sight, matrix) => {
    const all = series.map((colour) => seen(colour, matrix))
    all.forEach((a, index) => {
      for (const b of all.slice(index + 1))
        expect(Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])).toBeGreaterThan(0.08)
    })
  })
})
