/** Some rows of a close look at one node's batch. */
export interface LookPage {
  /** JSON: `[partition, index in the partition, record]`, records in the tagged form of record/tagged-json.ts. First the first records of
   *  the batch, then those that were picked of the others. */
  readonly text: string
  /** How many pages there are; they count from 0. */
  readonly pages: number
  /** How many rows of all pages are first records. */
  readonly first: number
}
