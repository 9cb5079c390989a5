/** A range of numbers and the round ones in it that are named. */
export interface Axis {
  readonly low: number
  readonly high: number
  readonly ticks: readonly number[]
}

/** An axis that holds all of `values` and begins or ends at 0 when they lie on one side of it.
 *  Shape: about `most` ticks, whole steps of 1, 2 or 5 times a power of ten */
export function valueAxis(values: readonly number[], most: number): Axis {
  const low = Math.min(0, ...values)
  const high = Math.max(0, ...values)
  if (low === high) return { low: 0, high: 1, ticks: [0, 1] }
  const step = roundStep((high - low) / Math.max(1, most))
  const first = Math.floor(low / step)
  const last = Math.ceil(high / step)
  // Multiples are rounded: 3 × 0.1 is not 0.3.
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)))
  return { low: ticks[0] ?? low, high: ticks.at(-1) ?? high, ticks }
}

function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least))
  const factor = [1, 2, 5, 10].find((each) => each * power >= least * (1 - 1e-9)) ?? 10
  return factor * power
}

/** Places of the batches that are named under the axis: the last one, and others so far apart that their names fit. */
export function namedBatches(batches: number, widthPx: number, labelPx: number): readonly number[] {
  const names = Math.max(1, Math.floor(widthPx / labelPx))
  const step = Math.max(1, Math.ceil(batches / names))
  const places: number[] = []
  for (let place = batches - 1; place >= 0; place -= step) places.unshift(place)
  return places
}
