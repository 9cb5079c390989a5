import { isPair } from '#engine/record/print-record.ts'

export interface TopPair {
  readonly key: string
  readonly value: number
  /** Of the greatest value shown: 0…1. */
  readonly share: number
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
  const top = pairs.sort((a, b) => b[1] - a[1]).slice(0, most)
  const greatest = Math.max(...top.map(([, value]) => Math.abs(value)), 0)
  return top.map(([key, value]) => ({ key, value, share: greatest === 0 ? 0 : Math.abs(value) / greatest }))
}
