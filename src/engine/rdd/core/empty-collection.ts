/** Spark's failure of actions that need at least one record. Source: SparkCoreErrors.emptyCollectionError */
export function emptyCollection(): Error {
  return new Error('empty collection')
}
