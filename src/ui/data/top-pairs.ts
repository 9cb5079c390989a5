import { isPair } from '#engine/record/print-record.ts'

export interface TopPair {
  readonly key: string
  readonly value: number
}

/** The greatest values first, when all records are pairs of a text and a finite number; equal values in order of arrival. */
export function topPairs(values: readonly unknown[], most = 10): readonly TopPair[] | undefined {
  const pairs: (readonly [string, number])[] = []
  for (const value of values) {
    if (!isPair(value)) return undefined
    const [key, figure] = value
    if (typeof key !== 'string' || typeof figure !== 'number' || !Number.isFinite(figure)) return undefined
    pairs.push([key, figure])
  }
  if (pairs.length < 2) return undefined
  return pairs
    .sort((a, b) => b[1] - a[1])
    .slice(0, most)
    .map(([key, value]) => ({ key, value }))
}
