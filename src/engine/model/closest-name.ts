const MAX_DISTANCE = 2

/** The candidate that `name` was probably meant to be: at most two letters added, lost, changed or swapped.
 *  Shape:  the first of the nearest; a difference in case alone is nearest of all */
export function findClosestName(name: string, candidates: Iterable<string>): string | undefined {
  let closest: string | undefined
  let least = Math.min(MAX_DISTANCE, Math.max(1, Math.floor(name.length / 2))) + 1
  for (const candidate of candidates) {
    const distance = candidate.toLowerCase() === name.toLowerCase() ? 0 : distanceBelow(name, candidate, least)
    if (distance < least) {
      least = distance
      closest = candidate
    }
  }
  return closest
}

/** The edit distance of two texts with swaps of neighbours, or `limit` when it is that much or more. */
function distanceBelow(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    let least = i
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, at(beforeLast, j - 2) + 1)
      }
      row.push(cost)
      least = Math.min(least, cost)
    }
    if (least >= limit) return limit
    beforeLast = last
    last = row
  }
  return Math.min(at(last, b.length), limit)
}

function at(row: readonly number[], j: number): number {
  return row[j] ?? Number.POSITIVE_INFINITY
}
