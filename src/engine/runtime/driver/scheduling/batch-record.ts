import type { Plan } from '#engine/compile/plan.ts'
import type { BatchExecutors, BatchInfo, BatchMemory, OutputOperationInfo } from '#engine/model/batch-info.ts'
import type { Reply } from '#engine/runtime/wire.ts'
import type { JobSet } from './job-set.ts'
import type { JobOutcome } from './merge-replies.ts'

/** The info of a batch when it is submitted: all its output operations are listed, without times.
 *  Source: scheduler/BatchInfo, JobSet.toBatchInfo */
export function submittedInfo(plan: Plan, set: JobSet): BatchInfo {
  const inputs = plan.inputs.flatMap(({ inputStreamId, node }) => {
    const reported = set.inputs.get(inputStreamId)
    return reported === undefined ? [] : [{ inputStreamId, node, ...reported }]
  })
  return {
    batchTimeMs: set.timeMs,
    status: 'queued',
    inputs,
    numRecords: inputs.reduce((sum, input) => sum + input.numRecords, 0),
    submissionMs: set.submissionMs,
    outputs: set.jobs.map(({ output }) => operation(plan, set.timeMs, output)),
    recovered: set.recovered,
  }
}

export function startedInfo(
  info: BatchInfo,
  processingStartMs: number,
  executors: BatchExecutors | undefined,
): BatchInfo {
  const schedulingDelayMs = processingStartMs - info.submissionMs
  const ranOn = executors === undefined ? {} : { executors }
  return { ...info, status: 'processing', processingStartMs, schedulingDelayMs, ...ranOn }
}

export function startedOutputInfo(info: BatchInfo, output: number, startMs: number): BatchInfo {
  return { ...info, outputs: info.outputs.map((each) => (each.id === output ? { ...each, startMs } : each)) }
}

export function endedInfo(info: BatchInfo, jobs: readonly JobOutcome[], endMs: number): BatchInfo {
  const outputs = info.outputs.map((output): OutputOperationInfo => {
    const job = jobs.find((each) => each.output === output.id)
    if (job === undefined) return output
    const failure = job.failure === undefined ? {} : { failureReason: job.failure.message }
    return { ...output, endMs, ...failure }
  })
  return { ...info, outputs }
}

/** `last`: what executors answered to its last job; none where they were lost. */
export function completedInfo(
  info: BatchInfo,
  processingEndMs: number,
  last: readonly Reply[],
  { executorMemoryBytes }: Plan,
): BatchInfo {
  return {
    ...info,
    status: 'completed',
    processingEndMs,
    processingDelayMs: processingEndMs - (info.processingStartMs ?? processingEndMs),
    totalDelayMs: processingEndMs - info.submissionMs,
    ...(last.length === 0 ? {} : { memory: memoryOf(last, executorMemoryBytes) }),
  }
}

function memoryOf(replies: readonly Reply[], budgetBytes: number): BatchMemory {
  const all = replies.map(({ kept = 0 }) => kept)
  return { keptBytes: all.reduce((sum, bytes) => sum + bytes, 0), mostBytes: Math.max(...all), budgetBytes }
}

function operation(plan: Plan, batchTimeMs: number, id: number): OutputOperationInfo {
  const output = plan.outputs[id]
  return { batchTimeMs, id, node: output?.node ?? '', name: output?.name ?? '' }
}
