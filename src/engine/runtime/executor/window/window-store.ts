import type { PlanStream } from '#engine/compile/plan.ts'
import type { StreamId } from '#engine/operator/stream-spec.ts'
import { KeyIndex } from '#engine/record/key-index.ts'
import type { RddId } from '#engine/runtime/rdd-spec.ts'
import type { PairColumns } from './pair-columns.ts'
import type { PaneWindow } from './pane-window.ts'

/** What an executor keeps of its windows beside their RDDs. All of it follows from RDDs: it may be dropped at any time, and results never depend on it. */
export class WindowStore {
  private readonly spareIds: number
  private readonly paneStreams: ReadonlySet<StreamId>
  private readonly windowStreams: ReadonlySet<StreamId>
  private readonly panes = new Map<string, PaneStore>()

  /** `spareIds`: how many keys that are no longer in use an index may hold at any time. */
  constructor(streams: readonly PlanStream[], spareIds = 4096) {
    this.spareIds = spareIds
    const windows = streams.flatMap((stream) => {
      const panes = panesOf(stream, streams)
      return panes === undefined ? [] : [{ window: stream.id, panes }]
    })
    this.paneStreams = new Set(windows.map(({ panes }) => panes))
    this.windowStreams = new Set(windows.map(({ window }) => window))
  }

  /** Whether a window takes its panes by column. */
  isWindow(stream: StreamId): boolean {
    return this.windowStreams.has(stream)
  }

  /** For the panes of a stream; undefined where no window takes them by column. */
  panesOf(stream: StreamId, partition: number): PaneStore | undefined {
    if (!this.paneStreams.has(stream)) return undefined
    const name = `${stream}/${partition}`
    const found = this.panes.get(name) ?? new PaneStore(this.spareIds)
    this.panes.set(name, found)
    return found
  }
}

/** What is kept for one partition of a stream of panes. */
export class PaneStore {
  /** Of the panes to come; older ones may have another one. */
  index = new KeyIndex()
  readonly windows = new Map<StreamId, WindowCache>()
  private readonly spareIds: number

  constructor(spareIds: number) {
    this.spareIds = spareIds
  }

  /** Begins a new index where the old one holds many keys that no window of `live` keys has. Nothing is taken from the old one: RDDs go on
   *  holding it. */
  tidy(live: number): void {
    if (this.index.capacity > MOST_IDS * live + this.spareIds) this.index = new KeyIndex()
  }
}

/** A window that reduces its panes. */
export interface WindowCache {
  /** The windowed RDD that was reduced last, where `panes` are those of all its parents. */
  of: RddId | undefined
  /** The panes of the last one. */
  panes: readonly PairColumns[]
  /** The numbers of their keys. */
  index: KeyIndex | undefined
  window: PaneWindow | undefined
  /** A value was met with which the order of reductions matters. */
  isRefused: boolean
}

/** Ids of an index, by key that is in use. */
const MOST_IDS = 4

/** The stream of the panes, where they are as the window needs them: one pair per key, partitioned as it is, and seen by nobody on the way. */
function panesOf({ spec }: PlanStream, streams: readonly PlanStream[]): StreamId | undefined {
  if (spec.kind === 'reducedWindow') return isReduced(streams[spec.parent], spec.partitions) ? spec.parent : undefined
  if (spec.kind !== 'shuffled' || spec.combine.kind !== 'reduce' || spec.combine.fn.changes === true) return undefined
  const between = streams[spec.parent]
  if (between === undefined || between.spec.kind !== 'windowed' || between.visible || between.persist) return undefined
  return isReduced(streams[between.spec.parent], spec.partitions) ? between.spec.parent : undefined
}

function isReduced(stream: PlanStream | undefined, partitions: number): boolean {
  return (
    stream?.spec.kind === 'shuffled' && stream.spec.combine.kind === 'reduce' && stream.spec.partitions === partitions
  )
}
