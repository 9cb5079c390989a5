import { invariant } from '#engine/model/invariant.ts'
import type { Json } from '#engine/model/json.ts'
import type { OutputAction, OutputSpec } from '#engine/operator/stream-spec.ts'
import { gather } from '#engine/runtime/executor/exchange/gather.ts'
import type { BatchEvaluation } from '#engine/runtime/executor/rdds/batch-evaluation.ts'
import type { Rdd } from '#engine/runtime/executor/rdds/rdd.ts'
import { runForeach } from '#engine/runtime/executor/user/user-rdds.ts'
import type { Held } from '#engine/runtime/executor/window/pair-columns.ts'
import type { JobReport } from '#engine/runtime/wire.ts'
import { measure } from './measure.ts'
import { encodeRecord } from './meter.ts'
import { printFiles } from './print-files.ts'
import { JobFailure } from './step-failure.ts'

export type JobResult = Pick<JobReport, 'rows' | 'lines' | 'total' | 'files' | 'measures' | 'failure'>

/** Runs one output operation over its RDD. Never rejects for a failure of the user's code: that is in the result. */
export async function runJob(output: OutputSpec, rdd: Rdd, evaluation: BatchEvaluation): Promise<JobResult> {
  await evaluation.prepare(rdd)
  try {
    return await act[output.action.kind](output, rdd, evaluation)
  } catch (failure) {
    if (!(failure instanceof JobFailure)) throw failure
    return { rows: [], lines: evaluation.tools.session.lines, failure: failure.report }
  }
}

type Act = (output: OutputSpec, rdd: Rdd, evaluation: BatchEvaluation) => Promise<JobResult>

const act: Record<OutputAction['kind'], Act> = {
  take: async (output, rdd, evaluation) => {
    invariant(output.action.kind === 'take', 'kinds agree')
    // One more than is shown tells the driver that there is more.
    return { rows: rowsOf(evaluation.heldOf(rdd), output.action.num + 1, output.node), lines: [] }
  },
  rows: async (output, rdd, evaluation) => {
    invariant(output.action.kind === 'rows', 'kinds agree')
    const records = evaluation.heldOf(rdd)
    return { rows: rowsOf(records, output.action.limit, output.node), lines: [], total: totalOf(records) }
  },
  collect: async (output, rdd, evaluation) => {
    const records = evaluation.records(rdd)
    return { rows: rowsOf(records, Number.POSITIVE_INFINITY, output.node), lines: [], total: totalOf(records) }
  },
  save: async (output, rdd, evaluation) => {
    invariant(output.action.kind === 'save', 'kinds agree')
    const records = evaluation.records(rdd)
    const files = printFiles(records, output.action.format, output.node)
    return { rows: [], lines: [], total: totalOf(records), files }
  },
  send: async (output, rdd, evaluation) => {
    const records = evaluation.records(rdd)
    // The driver sends them: the lines of an object file are what its messages hold.
    return { rows: [], lines: [], total: totalOf(records), files: printFiles(records, 'objects', output.node) }
  },
  measure: async (output, rdd, evaluation) => {
    invariant(output.action.kind === 'measure', 'kinds agree')
    const records = evaluation.records(rdd)
    const { plan } = evaluation.tools
    evaluation.enter(output.node)
    try {
      const measures = measure(records, output.action, output.node, plan)
      return { rows: [], lines: [], total: totalOf(records), measures }
    } catch (thrown) {
      throw plan.failure(thrown, { node: output.node }, undefined)
    }
  },
  foreachRDD: async (output, rdd, evaluation) => {
    invariant(output.action.kind === 'foreachRDD', 'kinds agree')
    const input = await gather(rdd, evaluation)
    const { plan, executor } = evaluation.tools
    if (executor === 0) {
      const { fn } = output.action
      evaluation.enter(output.node)
      try {
        runForeach(fn, input, rdd.spec.timeMs, evaluation.tools)
      } catch (thrown) {
        throw plan.failure(thrown, fn, undefined)
      }
    }
    return { rows: [], lines: evaluation.tools.session.lines }
  },
}

function rowsOf(partitions: ReadonlyMap<number, Held>, limit: number, node: string): JobReport['rows'] {
  return [...partitions].map(([partition, records]) => ({
    partition,
    records: records.slice(0, limit).map((record): Json => encodeRecord(record, node)),
  }))
}

function totalOf(partitions: ReadonlyMap<number, Held>): number {
  let total = 0
  for (const records of partitions.values()) total += records.length
  return total
}
