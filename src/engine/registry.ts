import { findClosestName } from '#engine/model/closest-name.ts'
import type { Operator } from '#engine/operator/operator.ts'
import { operators as generated } from './registry.gen.ts'

/** Every operator there is, by category and name. */
export const operators: readonly Operator[] = generated

const byName = new Map(operators.map((operator) => [operator.name, operator]))

/** The operator that documents call `name`. */
export function findOperator(name: string): Operator | undefined {
  return byName.get(name)
}

/** The operator that was probably meant by an unknown name. */
export function closestOperator(name: string): Operator | undefined {
  const meant = findClosestName(name, byName.keys())
  return meant === undefined ? undefined : findOperator(meant)
}
