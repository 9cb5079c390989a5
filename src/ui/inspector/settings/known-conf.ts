/** Keys that a run in this browser reads, with their defaults. Nothing checks the list: a key that the engine comes to read
 *  has to be added here. All others are kept in the document for a cluster.
 *  Source: StreamingConf, SparkConf; dstream-semantics §16 */
export const knownConf: Readonly<Record<string, string>> = {
  'spark.default.parallelism': 'cores of the master',
  'spark.streaming.blockInterval': '200ms',
  'spark.streaming.receiverRestartDelay': '2000',
}
