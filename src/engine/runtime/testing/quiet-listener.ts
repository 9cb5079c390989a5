import type { RunListener } from '#engine/runtime/driver/context/run-listener.ts'

/** Hears nothing: for runs of which only a part matters. */
export const quietListener: RunListener = {
  onState: () => {},
  onBatch: () => {},
  onBatchCompleted: () => {},
  onFailure: () => {},
  onReceivers: () => {},
  onRecovered: () => {},
  onExecutorsLost: () => {},
  onCheckpoint: () => {},
  onIncident: () => {},
  onLost: () => {},
  onSkipped: () => {},
  onWarning: () => {},
}
