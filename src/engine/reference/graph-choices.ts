import type { Json } from '#engine/model/json.ts'
import type { RecordType } from './record-type.ts'

/** Numbers from which a document follows. All of them may be anything; smaller ones choose simpler things. */
export interface Choice {
  readonly op: number
  readonly input: number
  readonly other: number
  readonly fn: number
  readonly a: number
  readonly b: number
  readonly partitions: number
}

export interface GraphChoices {
  readonly sources: readonly {
    readonly type: number
    readonly partitions: number
    readonly batches: readonly (readonly number[] | null)[]
  }[]
  readonly nodes: readonly Choice[]
  /** The sources' batches stand in the document instead of being fed from outside. */
  readonly inline: boolean
  readonly cores: number
  readonly parallelism: number
  readonly collected: number
  readonly batches: number
}

/** A stream that later nodes may read. */
export interface Stream {
  readonly id: string
  readonly op: string
  readonly type: RecordType
  readonly slideMs: number
  /** The order of its records is known; otherwise it is a matter of chance to Spark's users, and to the reference. */
  readonly ordered: boolean
}

/** What an operator of the choice becomes: its parameters, what it reads and what it gives. */
export interface ChosenNode {
  readonly op: string
  readonly params: Readonly<Record<string, Json>>
  readonly inputs: readonly Stream[]
  readonly others?: readonly Stream[]
  /** Undefined: an output. */
  readonly gives?: Pick<Stream, 'type' | 'slideMs' | 'ordered'>
}

export const BATCH_MS = 1000

/** `list[n]`, whatever n is. */
export function pick<T>(items: readonly T[], n: number): T {
  const item = items[n % items.length]
  if (item === undefined) throw new Error('nothing to pick from')
  return item
}
