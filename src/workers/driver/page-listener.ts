import type { BatchData } from '#engine/model/batch-data.ts'
import type { ClockState } from '#engine/model/run-state.ts'
import type { RunListener } from '#engine/runtime/driver/context/run-listener.ts'
import type { DriverEvent } from '#protocol/driver-event.ts'
import type { FrameSender } from './frame-sender.ts'

export interface Page {
  tell(event: DriverEvent): void
  /** Undefined before the run has one. */
  clock(): ClockState | undefined
  frames(): FrameSender | undefined
  /** Keeps a batch's data for whoever asks for it later, and gives what the page is told at once. */
  keep(data: BatchData): BatchData
}

/** Passes on to the page what a run tells of itself. */
export function pageListener(page: Page): RunListener {
  const { tell, frames, keep } = page
  return {
    onState: (state, stopReason) => {
      if (state === 'STOPPED') frames()?.flush(true)
      const clock = page.clock()
      if (clock === undefined) return
      tell({
        kind: 'context',
        state,
        clock,
        ...(stopReason === undefined ? {} : { stopReason }),
      })
    },
    onBatch: (info) => frames()?.batch(info),
    onBatchCompleted: (info, data) => {
      frames()?.batchCompleted(info, keep(data))
    },
    onFailure: (failure) => frames()?.failure(failure),
    onReceivers: (receivers) => tell({ kind: 'receivers', receivers }),
    onSinks: (sinks) => tell({ kind: 'sinks', sinks }),
    onRecovered: (report, before) => tell({ kind: 'recovered', report, before }),
    onExecutorsLost: ({ reason, node }) =>
      tell({ kind: 'executorsLost', reason, ...(node === undefined ? {} : { node }) }),
    onIncident: (incident) => tell({ kind: 'incident', incident }),
    onCheckpoint: (checkpoint) => tell({ kind: 'checkpoint', ...checkpoint }),
    onCheckpointTrouble: (reason) => tell({ kind: 'checkpointTrouble', reason }),
    onLost: (lost) => tell({ kind: 'lost', lost }),
    onSkipped: (skipped) => tell({ kind: 'skipped', skipped }),
    onWarning: (message, node, frames = []) =>
      tell({
        kind: 'warning',
        message,
        ...(node === undefined ? {} : { node }),
        ...(frames.length === 0 ? {} : { frames }),
      }),
  }
}
