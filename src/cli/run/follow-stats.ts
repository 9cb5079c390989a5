import { wholeOf } from '#engine/compile/conf.ts'
import type { Conf } from '#engine/model/pipeline.ts'
import type { StreamingContext } from '#engine/runtime/driver/context/streaming-context.ts'
import { StatsReportListener } from '#engine/runtime/driver/listener/stats-report-listener.ts'
import { StreamingJobProgressListener } from '#engine/runtime/driver/listener/streaming-job-progress-listener.ts'

/** Tells after each batch how the delays are distributed. What is returned tells the metrics so far, and how many executors ran the last batch. */
export function followStats(
  context: Pick<StreamingContext, 'addStreamingListener' | 'executors'>,
  conf: Conf,
  tell: (text: string) => void,
): () => void {
  const progress = new StreamingJobProgressListener(wholeOf(conf, 'spark.streaming.ui.retainedBatches'))
  context.addStreamingListener(new StatsReportListener(tell))
  context.addStreamingListener(progress)
  return () => {
    const { executors } = context
    if (executors !== undefined) tell(`executors ${executors.count} of ${executors.of}`)
    for (const [name, value] of Object.entries(progress.gauges())) tell(`${name} ${value}`)
  }
}
