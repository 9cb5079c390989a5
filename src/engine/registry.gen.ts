// Written by scripts/write-registry.mjs. Do not edit.
import { print } from '#engine/operators/outputs/print.ts'
import { reduceByKey } from '#engine/operators/pairs/reduce-by-key.ts'
import { queueStream } from '#engine/operators/sources/queue-stream.ts'
import { filter } from '#engine/operators/transformations/filter.ts'
import { flatMap } from '#engine/operators/transformations/flat-map.ts'
import { map } from '#engine/operators/transformations/map.ts'

export const operators = [print, reduceByKey, queueStream, filter, flatMap, map] as const
