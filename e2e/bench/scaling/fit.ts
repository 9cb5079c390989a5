import type { Point } from './measure-point.ts'

/** The exponent by which the cost grows with the size where the sizes are largest: the slope of a line through the points of the
 *  last tenfold (three at least) on logarithmic axes. What a batch costs whatever is in it hides the slope of small sizes. */
export function fitExponent(points: readonly Point[]): number {
  const known = points.flatMap(({ size, ms }) => (ms === undefined ? [] : [{ x: Math.log(size), y: Math.log(ms) }]))
  const largest = known.at(-1)?.x ?? 0
  const wide = known.filter(({ x }) => x >= largest - Math.log(10.5))
  const used = wide.length < 3 ? known.slice(-3) : wide
  const mean = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length
  const [middleX, middleY] = [mean(used.map(({ x }) => x)), mean(used.map(({ y }) => y))]
  const above = used.reduce((sum, { x, y }) => sum + (x - middleX) * (y - middleY), 0)
  const below = used.reduce((sum, { x }) => sum + (x - middleX) ** 2, 0)
  return above / below
}
