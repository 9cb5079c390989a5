import type * as model from '#engine/model/batch-info.ts'
import type { BatchInfo, ListenerEvent, OutputOperationInfo } from './listener-event.ts'

/** What listeners are told when a batch has come to where `info` says it is. Executors answer once per batch, so the events of its
 *  output operations come with its completion, each with its own times.
 *  Source: scheduler/JobScheduler, StreamingListenerBus */
export function batchEvents(info: model.BatchInfo): readonly ListenerEvent[] {
  const batchInfo = batchInfoOf(info)
  if (info.status === 'queued') return [{ kind: 'BatchSubmitted', batchInfo }]
  if (info.status === 'processing') return [{ kind: 'BatchStarted', batchInfo }]
  const operations = info.outputs
    .filter(({ startMs }) => startMs !== undefined)
    .flatMap((output): ListenerEvent[] => {
      const { endMs: _endMs, failureReason: _failureReason, ...started } = output
      return [
        { kind: 'OutputOperationStarted', outputOperationInfo: operationOf(started) },
        { kind: 'OutputOperationCompleted', outputOperationInfo: operationOf(output) },
      ]
    })
  return [...operations, { kind: 'BatchCompleted', batchInfo }]
}

/** Source: scheduler/BatchInfo. */
export function batchInfoOf(info: model.BatchInfo): BatchInfo {
  const { processingStartMs, processingEndMs, schedulingDelayMs, processingDelayMs, totalDelayMs } = info
  return {
    batchTime: info.batchTimeMs,
    streamIdToInputInfo: Object.fromEntries(
      info.inputs.map(({ inputStreamId, numRecords }) => [inputStreamId, { inputStreamId, numRecords, metadata: {} }]),
    ),
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
