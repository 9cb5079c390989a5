import { readStoredRun } from '#engine/checkpoint/entries.ts'
import type { NotedStore } from '#engine/checkpoint/noted-store.ts'
import {
  type CheckpointReport,
  type KeptEntry,
  type KeptKind,
  type MetadataContents,
  MOST_KEPT,
} from '#engine/model/checkpoint-report.ts'
import { parsePipeline } from '#engine/model/parse-pipeline.ts'

type Entries = ReadonlyMap<string, string>

const kinds: Readonly<Record<string, KeptKind>> = {
  metadata: 'metadata',
  snapshot: 'full',
  piece: 'full',
  state: 'delta',
  block: 'block',
  allocation: 'allocation',
  figures: 'figures',
  incidents: 'incidents',
}

/** What a directory holds, as far as it can be told from names, sizes and the newest metadata. */
export function reportCheckpoints({
  notes,
  metadata,
}: Pick<NotedStore, 'notes' | 'metadata'>): Omit<CheckpointReport, 'lineage'> {
  const kept = [...notes].flatMap(([key, note]): KeptEntry[] => {
    const known = nameOf(key)
    const text = metadata.get(key)
    const checkpointMs = text === undefined ? undefined : readStoredRun(new Map([[key, text]]))?.metadata.checkpointMs
    const time = checkpointMs === undefined ? {} : { timeMs: checkpointMs }
    return known === undefined ? [] : [{ ...known, ...time, key, ...note }]
  })
  const newest = readStoredRun(metadata)
  return {
    kept: kept.sort(newestFirst).slice(0, MOST_KEPT),
    entries: kept.length,
    bytes: kept.reduce((sum, { bytes }) => sum + bytes, 0),
    metadata: newest === undefined ? undefined : contentsOf(newest.metadata),
  }
}

/** The entry of the newest metadata: it counts what was written. */
export function newestMetadata(entries: Entries): string | undefined {
  const counted = [...entries].flatMap(([key, text]) => {
    const seq = key.startsWith('metadata/') ? /"seq":(\d+)/.exec(text)?.[1] : undefined
    return seq === undefined ? [] : [{ key, seq: Number(seq) }]
  })
  return counted.sort((a, b) => b.seq - a.seq)[0]?.key
}

/** The entry of the newest state; of two for one batch, the whole one. A piece of a whole is none. */
export function newestState(entries: Entries): string | undefined {
  const states = [...entries.keys()].flatMap((key) => {
    const known = key.startsWith(PIECE) ? undefined : nameOf(key)
    return known?.kind === 'full' || known?.kind === 'delta' ? [{ ...known, key }] : []
  })
  const [newest] = states.sort((a, b) => (b.timeMs ?? 0) - (a.timeMs ?? 0) || (a.kind === 'full' ? -1 : 1))
  return newest?.key
}

const PIECE = 'piece/'

/** What an entry's name says: `state/<node>/<kind>/<count>/<batch time>`, `allocation/<batch time>`; after the batch time of a piece come its partition and place. */
function nameOf(key: string): Pick<KeptEntry, 'kind' | 'node' | 'timeMs'> | undefined {
  const [folder = '', ...all] = key.split('/')
  const path = key.startsWith(PIECE) ? all.slice(0, -2) : all
  const kind = kinds[folder]
  if (kind === undefined) return undefined
  if (kind === 'metadata' || kind === 'block') return { kind }
  const timeMs = Number(path.at(-1))
  const time = Number.isFinite(timeMs) ? { timeMs } : {}
  return kind === 'full' || kind === 'delta' ? { kind, node: path.slice(0, -3).join('/'), ...time } : { kind, ...time }
}

function newestFirst(a: KeptEntry, b: KeptEntry): number {
  return Number(a.kind === 'block') - Number(b.kind === 'block') || (b.timeMs ?? 0) - (a.timeMs ?? 0)
}

type Metadata = NonNullable<ReturnType<typeof readStoredRun>>['metadata']

function contentsOf({
  checkpointMs,
  savedAtMs,
  pipeline: stored,
  pending,
  snapshots,
  clock,
}: Metadata): MetadataContents {
  const parsed = parsePipeline(stored)
  const pipeline = parsed.ok ? parsed.value : undefined
  const states = new Map<string, Set<number>>()
  for (const [stream, timeMs] of snapshots) {
    const node = stream.split('/').slice(0, -2).join('/')
    states.set(node, (states.get(node) ?? new Set()).add(timeMs))
  }
  const { settings, nodes = [], edges = [], name = '' } = pipeline ?? {}
  return {
    checkpointMs,
    savedAtMs,
    name,
    batchMs: settings?.batchMs ?? 0,
    master: settings?.master ?? '',
    conf: Object.entries(settings?.conf ?? {}).map(([key, value]) => [key, String(value)]),
    nodes: nodes.map(({ id }) => id),
    edges: edges.length,
    pendingMs: [...pending].sort((a, b) => a - b),
    states: [...states].map(([node, times]) => ({ node, timesMs: [...times].sort((a, b) => a - b) })),
    clock: clock.kind,
  }
}
