// Adding to and removing from a list by position, so that an inverse puts everything back where it was.
import { problem } from '#engine/model/diagnostic.ts'
import type { Positions } from '#engine/model/edit.ts'
import { err, ok, type Result } from '#engine/model/result.ts'

/** The positions that `added` things take in a list of `length`: as asked, or at the end.
 *  Fails: edit/bad-position, unless there is one for each, ascending, inside the longer list */
export function positionsFor(length: number, added: number, asked: Positions | undefined): Result<Positions> {
  if (asked === undefined) return ok(Array.from({ length: added }, (_, i) => length + i))
  const isGood = asked.length === added && areAscending(asked, length + added)
  return isGood ? ok(asked) : err([badPosition()])
}

/** Positions inside a list of `length`, sorted, each once.
 *  Fails: edit/bad-position */
export function positionsIn(length: number, asked: Positions): Result<Positions> {
  const sorted = [...new Set(asked)].sort((a, b) => a - b)
  return areAscending(sorted, length) ? ok(sorted) : err([badPosition()])
}

/** The list with `added` standing at `positions` (of the longer list, ascending). */
export function insertAt<T>(list: readonly T[], added: readonly T[], positions: Positions): readonly T[] {
  if (added.length === 0) return list
  const result: T[] = []
  let next = 0
  for (const [i, item] of added.entries()) {
    const position = positions[i] ?? list.length + added.length
    while (result.length < position && next < list.length) result.push(...list.slice(next, ++next))
    result.push(item)
  }
  return result.concat(list.slice(next))
}

/** The list without what stands at `positions`. */
export function removeAt<T>(list: readonly T[], positions: Positions): readonly T[] {
  if (positions.length === 0) return list
  const gone = new Set(positions)
  return list.filter((_, i) => !gone.has(i))
}

/** The positions of the items for which `isWanted` holds. */
export function positionsWhere<T>(list: readonly T[], isWanted: (item: T) => boolean): Positions {
  return list.flatMap((item, i) => (isWanted(item) ? [i] : []))
}

/** The list with item `i` replaced. */
export function replaceAt<T>(list: readonly T[], i: number, item: T): readonly T[] {
  return list.map((old, j) => (i === j ? item : old))
}

function areAscending(positions: Positions, length: number): boolean {
  return positions.every((position, i) => {
    const before = i === 0 ? -1 : (positions[i - 1] ?? -1)
    return Number.isInteger(position) && position > before && position < length
  })
}

function badPosition() {
  return problem('edit/bad-position', 'The edit names a place that is not in the list.')
}
