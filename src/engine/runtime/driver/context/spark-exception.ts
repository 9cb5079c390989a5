/** What Spark throws as SparkException at whoever calls the context wrongly, or waits for a run that has failed.
 *  Source: org.apache.spark.SparkException */
export class SparkException extends Error {
  override readonly name = 'SparkException'
}
