import type { Incident } from '#engine/model/incident.ts'
import type { Timers } from '#engine/runtime/driver/clock/timers.ts'
import { BatchCost } from './batch-cost.ts'
import { IncidentLog } from './incident-log.ts'
import { SlowPartitions } from './slow-partitions.ts'

/** What a run keeps of its faults, for those who bring them about and those who mend them. */
export interface FaultRecords {
  readonly incidents: IncidentLog
  readonly cost: BatchCost
  readonly slow: SlowPartitions
}

export function makeFaultRecords(timers: Timers, listener: { onIncident(incident: Incident): void }): FaultRecords {
  const incidents = new IncidentLog(timers, (incident) => listener.onIncident(incident))
  const cost = new BatchCost()
  return { incidents, cost, slow: new SlowPartitions(incidents, cost) }
}
