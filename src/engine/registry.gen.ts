// Written by scripts/write-registry.mjs. Do not edit.
import { join } from '#engine/operators/joins/join.ts'
import { foreachRDD } from '#engine/operators/outputs/foreach-rdd.ts'
import { print } from '#engine/operators/outputs/print.ts'
import { table } from '#engine/operators/outputs/table.ts'
import { groupByKey } from '#engine/operators/pairs/group-by-key.ts'
import { mapValues } from '#engine/operators/pairs/map-values.ts'
import { reduceByKey } from '#engine/operators/pairs/reduce-by-key.ts'
import { manualStream } from '#engine/operators/sources/manual-stream.ts'
import { queueStream } from '#engine/operators/sources/queue-stream.ts'
import { simulatedTextStream } from '#engine/operators/sources/simulated-text-stream.ts'
import { webSocketTextStream } from '#engine/operators/sources/web-socket-text-stream.ts'
import { updateStateByKey } from '#engine/operators/state/update-state-by-key.ts'
import { count } from '#engine/operators/transformations/count.ts'
import { filter } from '#engine/operators/transformations/filter.ts'
import { flatMap } from '#engine/operators/transformations/flat-map.ts'
import { map } from '#engine/operators/transformations/map.ts'
import { union } from '#engine/operators/transformations/union.ts'
import { countByWindow } from '#engine/operators/windows/count-by-window.ts'
import { reduceByKeyAndWindow } from '#engine/operators/windows/reduce-by-key-and-window.ts'
import { window } from '#engine/operators/windows/window.ts'

export const operators = [
  join,
  foreachRDD,
  print,
  table,
  groupByKey,
  mapValues,
  reduceByKey,
  manualStream,
  queueStream,
  simulatedTextStream,
  webSocketTextStream,
  updateStateByKey,
  count,
  filter,
  flatMap,
  map,
  union,
  countByWindow,
  reduceByKeyAndWindow,
  window,
] as const
