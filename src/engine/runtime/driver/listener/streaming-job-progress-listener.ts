import type { ListenerEvent, StreamingListener } from './listener-event.ts'
import { followEvent, gaugesOf, noProgress, type RunProgress } from './streaming-metrics.ts'

/** Follows a run for its metrics.
 *  Source: ui/StreamingJobProgressListener, scheduler/StreamingSource */
export class StreamingJobProgressListener implements StreamingListener {
  progress: RunProgress = noProgress
  private readonly retainedBatches: number

  constructor(retainedBatches: number) {
    this.retainedBatches = retainedBatches
  }

  onEvent(event: ListenerEvent): void {
    this.progress = followEvent(this.progress, event, this.retainedBatches)
  }

  /** By name; see `gaugesOf`. */
  gauges(): Readonly<Record<string, number>> {
    return gaugesOf(this.progress)
  }
}
