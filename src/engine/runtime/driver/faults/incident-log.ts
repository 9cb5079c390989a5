import { MAX_INCIDENTS, printIncidents } from '#engine/checkpoint/incident-entry.ts'
import type { Incident, IncidentFacts, PastIncidents, Rework } from '#engine/model/incident.ts'
import type { LostInput, RecoveryReport } from '#engine/model/run-state.ts'
import type { Timers } from '#engine/runtime/driver/clock/timers.ts'

type Loss = Extract<Incident, { kind: 'executors' }>
type Death = Extract<Incident, { kind: 'driver' }>

/** Incidents of one driver that more is to be known of. Every change is told as a whole.
 *  Keeps: what is not settled, and the newest hundred for the checkpoint */
export class IncidentLog {
  private readonly timers: Timers
  private readonly tell: (incident: Incident) => void
  private readonly open = new Map<string, Incident>()
  private readonly born: number
  /** Whose cost is known, as far as batches have asked for what was lost. */
  private mended: readonly (Loss | Death)[] = []
  /** For the checkpoint, by id in order of their beginning; also those of earlier drivers. */
  private readonly kept = new Map<string, Incident>()
  private lost: readonly LostInput[] = []
  private isNoted = true
  private count = 0
  /** The batch that runs. */
  private runningMs: number | undefined

  constructor(timers: Timers, tell: (incident: Incident) => void) {
    this.timers = timers
    this.tell = tell
    this.born = this.timers.now()
  }

  /** Something happened, in the batch that runs or else (and always when `next`) in the one after it. Gives its id. */
  begin(
    facts: IncidentFacts,
    { onDemand, next = false }: { readonly onDemand: boolean; readonly next?: boolean },
  ): string {
    this.count += 1
    const id = `${this.born}-${this.count}`
    const place = this.runningMs === undefined || next ? {} : { timeMs: this.runningMs }
    this.put({ id, onDemand, settled: false, ...place, ...facts })
    return id
  }

  /** Executors were lost, one of them first, while a batch ran on them or between two batches. */
  executorsLost(
    facts: Omit<Extract<IncidentFacts, { kind: 'executors' }>, 'kind' | 'attempts' | 'rework'>,
    how: { readonly onDemand: boolean },
  ): void {
    this.begin({ kind: 'executors', ...facts, attempts: this.runningMs === undefined ? 0 : 1 }, how)
  }

  /** Takes up what an earlier driver knew. */
  restore({ incidents, lost }: PastIncidents): void {
    for (const incident of incidents) this.kept.set(incident.id, incident)
    this.lost = lost
  }

  /** Received records are gone that a batch needs. */
  noteLost(lost: LostInput): void {
    this.lost = [...this.lost, lost].slice(-MAX_INCIDENTS)
    this.isNoted = false
  }

  /** What is to be stored, where something became other since it was asked for. */
  entry(): string | undefined {
    if (this.isNoted) return undefined
    this.isNoted = true
    return printIncidents({ incidents: [...this.kept.values()], lost: this.lost })
  }

  /** The run goes on where another driver died. */
  recovered(recovery: RecoveryReport): void {
    this.begin({ kind: 'driver', how: 'closed', recovery }, { onDemand: false })
  }

  /** More is known of one kind of incident; of one that is settled, nothing. */
  learn<K extends IncidentFacts['kind']>(
    kind: K,
    id: string,
    more: Partial<Extract<IncidentFacts, { kind: K }>>,
    end?: 'settled',
  ): void {
    const known = this.open.get(id)
    if (known === undefined || known.kind !== kind) return
    // Facts of its own kind over facts of its own kind.
    this.put({ ...known, ...more, settled: end === 'settled' } as Incident)
  }

  /** It turned out which batch it struck. */
  place(id: string, timeMs: number): void {
    const known = this.open.get(id)
    if (known !== undefined && known.timeMs !== timeMs) this.put({ ...known, timeMs })
  }

  /** A batch begins, perhaps for another time. */
  batchBegins(timeMs: number): void {
    this.runningMs = timeMs
    for (const incident of this.open.values()) {
      const placed = incident.timeMs === undefined ? { ...incident, timeMs } : incident
      if (placed.kind === 'executors') this.put({ ...placed, attempts: placed.attempts + 1 })
      else if (placed !== incident) this.put(placed)
    }
  }

  /** It is over. `rework`: what it had to make again, where its executors were new. */
  batchEnds(rework: Rework | undefined): void {
    this.runningMs = undefined
    if (rework === undefined) return
    const losses = [...this.open.values()].filter((each): each is Loss => each.kind === 'executors')
    const deaths = [...this.open.values()].filter((each): each is Death => each.kind === 'driver')
    // Of several losses in one batch, what the earlier executors made again was lost with them.
    for (const loss of losses.slice(0, -1)) this.put({ ...loss, settled: true })
    if (losses.length + deaths.length > 0) this.mended = [...losses.slice(-1), ...deaths]
    // A later batch may still find something older to make again.
    this.mended = this.mended.map((each) => ({ ...each, rework, settled: true }))
    for (const each of this.mended) this.put(each)
  }

  /** The run is over. */
  stop(): void {
    for (const incident of this.open.values()) this.put({ ...incident, settled: true })
  }

  private put(incident: Incident): void {
    if (incident.settled) this.open.delete(incident.id)
    else this.open.set(incident.id, incident)
    this.kept.set(incident.id, incident)
    for (const [id] of this.kept) if (this.kept.size > MAX_INCIDENTS) this.kept.delete(id)
    this.isNoted = false
    this.tell(incident)
  }
}
