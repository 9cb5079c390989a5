/** User data that cannot be a record, a key or a tagged value. The message says what and where inside the value; the
 *  caller, who knows node and record, turns it into the batch's failure. */
export class RecordError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'RecordError'
  }
}
