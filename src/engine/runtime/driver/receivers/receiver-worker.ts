import type { ExecutorLink } from '#engine/runtime/driver/executors/executor-link.ts'

/** What happens with the worker of a custom receiver: `onLink` once when it is there, unless `onGone` comes first; nothing after that. */
export interface WorkerEvents {
  /** The driver's end of its channel; nothing was sent on it yet. */
  onLink(link: ExecutorLink): void
  /** It is gone, or cannot be made. */
  onGone(reason: string): void
}

/** For platforms that have no workers for custom receivers. */
export const noReceivers: OpenReceiverWorker = (_streamId, events) => {
  let isWanted = true
  void Promise.resolve().then(() => isWanted && events.onGone('Nothing here runs receivers.'))
  return {
    close: () => {
      isWanted = false
    },
  }
}

/** The platform's way to make a fresh worker for the receiver of this stream. `close` ends it for certain, also one that hangs, and stops
 *  the events. */
export type OpenReceiverWorker = (streamId: number, events: WorkerEvents) => { close(): void }
