import type { Json } from '#engine/model/json.ts'
import type { CallDriver } from './driver-link.ts'

/** A row of a close look: where the record lies, and the record, tagged. */
export type LookRow = readonly [partition: number, index: number, record: Json]

/** Some of the rows, in order. */
export interface LookRows {
  readonly rows: readonly LookRow[]
  /** How many rows of all are the first records of the batch; the others were picked. */
  readonly first: number
}

/** Looks closely at single nodes. */
export class LooksClient {
  readonly #call: CallDriver

  constructor(call: CallDriver) {
    this.#call = call
  }

  /** From the next batch on takes the first `limit` records of the node down, and picks as many of the others. */
  async watch(node: string, limit: number): Promise<void> {
    await this.#call((service) => service.watch(node, limit))
  }

  /** Goes back to the few records of every node. */
  async rest(): Promise<void> {
    await this.#call((service) => service.watch(undefined, 0))
  }

  /** All rows, fetched and read a page at a time so that the screen goes on; fewer when they are no longer kept. */
  async *rows(node: string, timeMs: number): AsyncGenerator<LookRows> {
    for (let page = 0, pages = 1; page < pages; page++) {
      const answer = (await this.#call((service) => service.lookAt(node, timeMs, page)))?.value
      if (answer === undefined) return
      pages = answer.pages
      // Our own driver printed it.
      yield { rows: JSON.parse(answer.text) as LookRow[], first: answer.first }
    }
  }
}
