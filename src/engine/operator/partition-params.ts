import { optionalIntegerParam } from './params.ts'

/** More partitions than this help nobody on one machine. */
export const MAX_PARTITIONS = 1024

/** How many partitions a by-key operator makes; without it, spark.default.parallelism. */
export const numPartitionsParam = optionalIntegerParam({
  label: 'Partitions',
  help: 'How many parts the result is split into by key. Left out: as many as the default parallelism, normally one per core.',
  min: 1,
  max: MAX_PARTITIONS,
  advanced: true,
})
