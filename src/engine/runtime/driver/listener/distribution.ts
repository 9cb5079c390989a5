/** Some figures, to be summed up. Source: util/Distribution, util/StatCounter */
export class Distribution {
  private readonly sorted: readonly number[]

  /** Of one figure or more. */
  constructor(figures: readonly number[]) {
    this.sorted = [...figures].sort((a, b) => a - b)
  }

  /** The figures at these shares of the sorted list, 0 to 1. */
  quantiles(shares: readonly number[]): readonly number[] {
    const last = this.sorted.length - 1
    return shares.map((share) => this.sorted[Math.min(Math.trunc(share * this.sorted.length), last)] ?? Number.NaN)
  }

  /** As Spark prints it: `(count: 2, mean: 1.000000, stdev: 0.000000, max: 1.000000, min: 1.000000)`. */
  print(): string {
    const count = this.sorted.length
    const mean = this.sorted.reduce((sum, figure) => sum + figure, 0) / count
    const variance = this.sorted.reduce((sum, figure) => sum + (figure - mean) ** 2, 0) / count
    const six = (figure: number): string => figure.toFixed(6)
    const [min = Number.NaN] = this.sorted
    const max = this.sorted.at(-1) ?? Number.NaN
    return `(count: ${count}, mean: ${six(mean)}, stdev: ${six(Math.sqrt(variance))}, max: ${six(max)}, min: ${six(min)})`
  }
}
