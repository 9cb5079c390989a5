import type { BatchData, CloseLook, NodeBatch } from '#engine/model/batch-data.ts'
import type { Json } from '#engine/model/json.ts'
import type { LookPage } from '#protocol/look-page.ts'

/** Characters of rows in one page: a message that neither side notices. */
const PAGE_CHARS = 100_000
const PAGE_ROWS = 500
/** Characters that are kept of all looks; those of the oldest batches go first. */
const MOST_CHARS = 40_000_000

interface Look {
  /** Printed, so that a page costs the driver nothing and the screen a copy of bytes. */
  readonly pages: readonly string[]
  readonly chars: number
  readonly first: number
}

/** What was seen of nodes that somebody looked at closely, in pages. */
export class Looks {
  private readonly batches = new Map<number, ReadonlyMap<string, Look>>()
  private chars = 0

  /** Keeps what the batch brings for a closer look, and gives the batch without. */
  take(data: BatchData): BatchData {
    const looks = new Map<string, Look>()
    const nodes: Record<string, NodeBatch> = {}
    const printed = new Map<CloseLook, Look>()
    for (const [node, { look, ...batch }] of Object.entries(data.nodes)) {
      if (look === undefined) {
        nodes[node] = batch
        continue
      }
      // Other names of a node have the very same.
      const known = printed.get(look) ?? printLook(look, batch.partitions)
      printed.set(look, known)
      looks.set(node, known)
      nodes[node] = { ...batch, rows: look.first.length + look.picked.length }
    }
    if (looks.size === 0) return data
    this.drop(data.timeMs)
    this.batches.set(data.timeMs, looks)
    this.chars += charsOf(looks)
    for (const timeMs of this.batches.keys()) {
      if (this.chars <= MOST_CHARS || this.batches.size === 1) break
      this.drop(timeMs)
    }
    return { ...data, nodes }
  }

  find(node: string, timeMs: number, page: number): LookPage | undefined {
    const look = this.batches.get(timeMs)?.get(node)
    const text = look?.pages[page]
    if (look === undefined || text === undefined) return undefined
    return { text, pages: look.pages.length, first: look.first }
  }

  private drop(timeMs: number): void {
    const looks = this.batches.get(timeMs)
    if (looks === undefined) return
    this.chars -= charsOf(looks)
    this.batches.delete(timeMs)
  }
}

function charsOf(looks: ReadonlyMap<string, Look>): number {
  return [...new Set(looks.values())].reduce((sum, { chars }) => sum + chars, 0)
}

function printLook({ first, picked }: CloseLook, partitions: readonly number[]): Look {
  const rows = [
    ...placed(first, partitions),
    ...picked.map(({ partition, index, record }) => [partition, index, record]),
  ]
  const pages: string[] = []
  let page: string[] = []
  let pageChars = 0
  const turn = (): void => {
    pages.push(`[${page.join(',')}]`)
    page = []
    pageChars = 0
  }
  for (const row of rows) {
    const text = JSON.stringify(row)
    if (page.length === PAGE_ROWS || (page.length > 0 && pageChars + text.length > PAGE_CHARS)) turn()
    page.push(text)
    pageChars += text.length
  }
  turn()
  return { pages, chars: pages.reduce((sum, text) => sum + text.length, 0), first: first.length }
}

/** Records in partition order with their places. */
function placed(records: readonly Json[], partitions: readonly number[]): Json[] {
  const rows: Json[] = []
  for (const [partition, count] of partitions.entries())
    for (let index = 0; index < count && rows.length < records.length; index++)
      rows.push([partition, index, records[rows.length] ?? null])
  return rows
}
