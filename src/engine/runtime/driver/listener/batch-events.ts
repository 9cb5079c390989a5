import type * as model from '#engine/model/batch-info.ts'
import type { BatchInfo, ListenerEvent, OutputOperationInfo, StreamInputInfo } from './listener-event.ts'

/** What has happened to a batch between `before`, undefined when nothing had, and `info`. What happens at once comes in Spark's order: the batch
 *  starts before its output operations do, and completes after them.
 *  Source: scheduler/JobScheduler, StreamingListenerBus */
export function batchEvents(before: model.BatchInfo | undefined, info: model.BatchInfo): readonly ListenerEvent[] {
  const events: ListenerEvent[] = []
  if (before === undefined && info.status === 'queued')
    events.push({ kind: 'BatchSubmitted', batchInfo: batchInfoOf(info) })
  if (before?.status !== 'processing' && info.status === 'processing')
    events.push({ kind: 'BatchStarted', batchInfo: batchInfoOf(info) })
  info.outputs.forEach((output, place) => {
    const known = before?.outputs[place]
    if (output === known) return
    const { endMs: _endMs, failureReason: _failureReason, ...started } = output
    if (output.startMs !== undefined && known?.startMs === undefined)
      events.push({ kind: 'OutputOperationStarted', outputOperationInfo: operationOf(started) })
    if (output.endMs !== undefined && known?.endMs === undefined)
      events.push({ kind: 'OutputOperationCompleted', outputOperationInfo: operationOf(output) })
  })
  if (info.status === 'completed') events.push({ kind: 'BatchCompleted', batchInfo: batchInfoOf(info) })
  return events
}

/** Source: scheduler/BatchInfo. */
export function batchInfoOf(info: model.BatchInfo): BatchInfo {
  const { processingStartMs, processingEndMs, schedulingDelayMs, processingDelayMs, totalDelayMs } = info
  return {
    batchTime: info.batchTimeMs,
    streamIdToInputInfo: Object.fromEntries(info.inputs.map((input) => [input.inputStreamId, inputInfoOf(input)])),
    submissionTime: info.submissionMs,
    ...(processingStartMs === undefined ? {} : { processingStartTime: processingStartMs }),
    ...(processingEndMs === undefined ? {} : { processingEndTime: processingEndMs }),
    outputOperationInfos: Object.fromEntries(info.outputs.map((output) => [output.id, operationOf(output)])),
    ...(schedulingDelayMs === undefined ? {} : { schedulingDelay: schedulingDelayMs }),
    ...(processingDelayMs === undefined ? {} : { processingDelay: processingDelayMs }),
    ...(totalDelayMs === undefined ? {} : { totalDelay: totalDelayMs }),
    numRecords: info.numRecords,
  }
}

function inputInfoOf({ inputStreamId, numRecords, metadata = {} }: model.InputInfo): StreamInputInfo {
  const { Description } = metadata
  const described = Description === undefined ? {} : { metadataDescription: Description }
  return { inputStreamId, numRecords, metadata, ...described }
}

function operationOf(output: model.OutputOperationInfo): OutputOperationInfo {
  const { batchTimeMs, id, name, node, startMs, endMs, failureReason } = output
  return {
    batchTime: batchTimeMs,
    id,
    name,
    description: node,
    ...(startMs === undefined ? {} : { startTime: startMs }),
    ...(endMs === undefined ? {} : { endTime: endMs }),
    ...(failureReason === undefined ? {} : { failureReason }),
    ...(startMs === undefined || endMs === undefined ? {} : { duration: endMs - startMs }),
  }
}
