import { pairOf } from '#engine/rdd/core/arguments.ts'
import { pairsByKey } from '#engine/rdd/core/pairs-by-key.ts'
import type { Partitioner } from '#engine/rdd/core/partitioner.ts'
import { RddCore } from '#engine/rdd/core/rdd-core.ts'
import { inSlotOrder, Keyed } from '#engine/record/keyed.ts'
import { flatMapValues } from './narrow.ts'

/** `[key, [values of the first RDD, values of the second, …]]` for every key of any of them, in slot order.
 *  Source: CoGroupedRDD */
export function cogroup(cores: readonly [RddCore, ...RddCore[]], operation: string, partitioner: Partitioner): RddCore {
  const sides = cores.map((core) => pairsByKey(operation, core, partitioner))
  return new RddCore(cores[0].context, {
    kind: 'CoGroupedRDD',
    operation,
    dependencies: sides.map((side) => side.dependency),
    count: () => partitioner.numPartitions,
    partitioner,
    compute: (partition) => {
      const groups = new Keyed<readonly unknown[][]>()
      const empty = () => sides.map(() => [])
      sides.forEach((side, place) => {
        for (const record of side.read(partition)) {
          const [key, value] = pairOf(operation, record)
          groups.at(key, empty).value[place]?.push(value)
        }
      })
      const rows = Array.from(groups.cells.values(), (cell) => [cell.key, cell.value] as const)
      return inSlotOrder(rows, (row) => row[0])
    },
  })
}

/** Which keys a join keeps that one side lacks. */
export type JoinKind = 'join' | 'leftOuterJoin' | 'rightOuterJoin' | 'fullOuterJoin'

const keepsLeft: readonly JoinKind[] = ['leftOuterJoin', 'fullOuterJoin']
const keepsRight: readonly JoinKind[] = ['rightOuterJoin', 'fullOuterJoin']

/** `[key, [left value, right value]]` for each two values of a key; where a side has none, an outer join has null.
 *  Source: PairRDDFunctions.join, leftOuterJoin, rightOuterJoin, fullOuterJoin */
export function join(left: RddCore, right: RddCore, kind: JoinKind, partitioner: Partitioner): RddCore {
  return flatMapValues(cogroup([left, right], kind, partitioner), kind, function* (groups) {
    const [lefts = [], rights = []] = groups as readonly (readonly unknown[])[] // cogroup's own shape
    for (const value of lefts.length === 0 && keepsRight.includes(kind) ? absent : lefts) {
      for (const other of rights.length === 0 && keepsLeft.includes(kind) ? absent : rights) yield [value, other]
    }
  })
}

/** The values of a side that has none, in an outer join. */
const absent: readonly unknown[] = [null]
