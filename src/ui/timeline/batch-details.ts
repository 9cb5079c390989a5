import type { BatchInfo, OutputOperationInfo } from '#engine/model/batch-info.ts'

/** One output operation as Spark's batch page shows it. */
export interface OutputDetails {
  readonly id: number
  /** `print at counts`. */
  readonly name: string
  readonly durationMs: number | undefined
  readonly status: 'waiting' | 'running' | 'succeeded' | 'failed'
  /** Why it failed, in Spark's words. */
  readonly error: string | undefined
}

export interface InputDetails {
  readonly node: string
  readonly records: number
  /** With its newlines and tabs; undefined where the stream says nothing. */
  readonly description: string | undefined
}

/** Source: ui/BatchPage.generateOutputOpRow, UIUtils.failureReasonCell */
export function readOutputs({ outputs }: Pick<BatchInfo, 'outputs'>): readonly OutputDetails[] {
  return outputs.map((output) => ({
    id: output.id,
    name: output.name,
    durationMs: output.startMs === undefined || output.endMs === undefined ? undefined : output.endMs - output.startMs,
    status: statusOf(output),
    error: output.failureReason === undefined ? undefined : `Failed due to error: ${output.failureReason}`,
  }))
}

/** Source: ui/BatchPage.generateInputMetadataTable */
export function readInputs({ inputs }: Pick<BatchInfo, 'inputs'>): readonly InputDetails[] {
  return inputs.map(({ node, numRecords, metadata }) => ({
    node,
    records: numRecords,
    description: metadata?.Description,
  }))
}

/** The batch that details are of: the chosen one, or else the one that runs, or the newest. */
export function detailed(batches: readonly BatchInfo[], shown: number | 'live'): BatchInfo | undefined {
  if (shown !== 'live') return batches.find(({ batchTimeMs }) => batchTimeMs === shown)
  return batches.find(({ status }) => status === 'processing') ?? batches.at(-1)
}

function statusOf({ startMs, endMs, failureReason }: OutputOperationInfo): OutputDetails['status'] {
  if (failureReason !== undefined) return 'failed'
  if (endMs !== undefined) return 'succeeded'
  return startMs === undefined ? 'waiting' : 'running'
}
