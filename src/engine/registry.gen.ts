// Written by scripts/write-registry.mjs. Do not edit.
import { cogroup } from '#engine/operators/joins/cogroup.ts'
import { fullOuterJoin } from '#engine/operators/joins/full-outer-join.ts'
import { join } from '#engine/operators/joins/join.ts'
import { leftOuterJoin } from '#engine/operators/joins/left-outer-join.ts'
import { rightOuterJoin } from '#engine/operators/joins/right-outer-join.ts'
import { chart } from '#engine/operators/outputs/chart.ts'
import { counter } from '#engine/operators/outputs/counter.ts'
import { foreachRDD } from '#engine/operators/outputs/foreach-rdd.ts'
import { print } from '#engine/operators/outputs/print.ts'
import { saveAsObjectFiles } from '#engine/operators/outputs/save-as-object-files.ts'
import { saveAsTextFiles } from '#engine/operators/outputs/save-as-text-files.ts'
import { table } from '#engine/operators/outputs/table.ts'
import { webSocketSink } from '#engine/operators/outputs/web-socket-sink.ts'
import { combineByKey } from '#engine/operators/pairs/combine-by-key.ts'
import { flatMapValues } from '#engine/operators/pairs/flat-map-values.ts'
import { groupByKey } from '#engine/operators/pairs/group-by-key.ts'
import { mapValues } from '#engine/operators/pairs/map-values.ts'
import { reduceByKey } from '#engine/operators/pairs/reduce-by-key.ts'
import { constantStream } from '#engine/operators/sources/constant-stream.ts'
import { manualStream } from '#engine/operators/sources/manual-stream.ts'
import { queueStream } from '#engine/operators/sources/queue-stream.ts'
import { receiverStream } from '#engine/operators/sources/receiver-stream.ts'
import { simulatedStream } from '#engine/operators/sources/simulated-stream.ts'
import { simulatedTextStream } from '#engine/operators/sources/simulated-text-stream.ts'
import { webSocketTextStream } from '#engine/operators/sources/web-socket-text-stream.ts'
import { mapWithState } from '#engine/operators/state/map-with-state.ts'
import { stateSnapshots } from '#engine/operators/state/state-snapshots.ts'
import { updateStateByKey } from '#engine/operators/state/update-state-by-key.ts'
import { cache } from '#engine/operators/transformations/cache.ts'
import { checkpoint } from '#engine/operators/transformations/checkpoint.ts'
import { countByValue } from '#engine/operators/transformations/count-by-value.ts'
import { count } from '#engine/operators/transformations/count.ts'
import { filter } from '#engine/operators/transformations/filter.ts'
import { flatMap } from '#engine/operators/transformations/flat-map.ts'
import { glom } from '#engine/operators/transformations/glom.ts'
import { mapPartitions } from '#engine/operators/transformations/map-partitions.ts'
import { map } from '#engine/operators/transformations/map.ts'
import { persist } from '#engine/operators/transformations/persist.ts'
import { reduce } from '#engine/operators/transformations/reduce.ts'
import { repartition } from '#engine/operators/transformations/repartition.ts'
import { transformWith } from '#engine/operators/transformations/transform-with.ts'
import { transform } from '#engine/operators/transformations/transform.ts'
import { union } from '#engine/operators/transformations/union.ts'
import { countByValueAndWindow } from '#engine/operators/windows/count-by-value-and-window.ts'
import { countByWindow } from '#engine/operators/windows/count-by-window.ts'
import { groupByKeyAndWindow } from '#engine/operators/windows/group-by-key-and-window.ts'
import { reduceByKeyAndWindow } from '#engine/operators/windows/reduce-by-key-and-window.ts'
import { reduceByWindow } from '#engine/operators/windows/reduce-by-window.ts'
import { window } from '#engine/operators/windows/window.ts'

export const operators = [
  cogroup,
  fullOuterJoin,
  join,
  leftOuterJoin,
  rightOuterJoin,
  chart,
  counter,
  foreachRDD,
  print,
  saveAsObjectFiles,
  saveAsTextFiles,
  table,
  webSocketSink,
  combineByKey,
  flatMapValues,
  groupByKey,
  mapValues,
  reduceByKey,
  constantStream,
  manualStream,
  queueStream,
  receiverStream,
  simulatedStream,
  simulatedTextStream,
  webSocketTextStream,
  mapWithState,
  stateSnapshots,
  updateStateByKey,
  cache,
  checkpoint,
  countByValue,
  count,
  filter,
  flatMap,
  glom,
  mapPartitions,
  map,
  persist,
  reduce,
  repartition,
  transformWith,
  transform,
  union,
  countByValueAndWindow,
  countByWindow,
  groupByKeyAndWindow,
  reduceByKeyAndWindow,
  reduceByWindow,
  window,
] as const
