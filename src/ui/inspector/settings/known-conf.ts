/** Keys that Sluice's streaming context reads, with Spark's defaults.
 *  Source: StreamingConf, SparkConf; dstream-semantics §16 */
export const knownConf: Readonly<Record<string, string>> = {
  'spark.default.parallelism': 'cores of the master',
  'spark.streaming.backpressure.enabled': 'false',
  'spark.streaming.backpressure.initialRate': 'none',
  'spark.streaming.backpressure.rateEstimator': 'pid',
  'spark.streaming.backpressure.pid.proportional': '1.0',
  'spark.streaming.backpressure.pid.integral': '0.2',
  'spark.streaming.backpressure.pid.derived': '0.0',
  'spark.streaming.backpressure.pid.minRate': '100',
  'spark.streaming.blockInterval': '200ms',
  'spark.streaming.concurrentJobs': '1',
  'spark.streaming.gracefulStopTimeout': '10 batch intervals',
  'spark.streaming.receiver.maxRate': 'unlimited',
  'spark.streaming.receiver.writeAheadLog.enable': 'false',
  'spark.streaming.receiverRestartDelay': '2000',
  'spark.streaming.ui.retainedBatches': '1000',
}
