/** Spark's storage levels that keep anything. In this engine all of them keep records in memory.
 *  Source: StorageLevel */
export const storageLevels = [
  'MEMORY_ONLY',
  'MEMORY_ONLY_SER',
  'MEMORY_AND_DISK',
  'MEMORY_AND_DISK_SER',
  'DISK_ONLY',
] as const
