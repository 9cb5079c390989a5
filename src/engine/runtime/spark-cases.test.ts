import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { MemoryCheckpointStore } from '#engine/checkpoint/memory-checkpoint-store.ts'
import type { Json } from '#engine/model/json.ts'
import { findOperator } from '#engine/registry.ts'
import { runPipeline } from '#engine/runtime/testing/run-pipeline.ts'
import {
  documentOfCase,
  missingOperators,
  normal,
  RESULT,
  readSparkCases,
  SNAPSHOTS,
  type SparkCase,
} from '#engine/runtime/testing/spark-case.ts'

// What Spark's own suites assert of its operators, asserted of ours.

const sparkCases = readSparkCases(readFileSync(new URL('./testing/spark-cases.json', import.meta.url), 'utf8'))
const runnable = sparkCases.filter((each) => missingOperators(each).length === 0)

/** Operators that the suites use and that are still to come, each with what keeps it. */
const STILL_TO_COME: Readonly<Record<string, string>> = {
  transform: 'takes functions of whole RDDs',
  transformWith: 'takes functions of whole RDDs',
  saveAsHadoopFiles: 'there is no file system to save to',
}

test('every other case waits for an operator that is known to be missing', () => {
  const waiting = sparkCases.filter((each) => !runnable.includes(each))
  const expected = sparkCases.filter((each) =>
    [...each.ops, ...(each.sinks ?? []).map(({ kind }) => ({ op: kind }))].some(
      ({ op }) => Object.hasOwn(STILL_TO_COME, op) && findOperator(op) === undefined,
    ),
  )
  expect(waiting.map(({ id }) => id)).toEqual(expected.map(({ id }) => id))
  expect(runnable.length + waiting.length).toBe(103)
})

/** Batches as they compare: as lists, or as multisets where the suite says so; groups as sets where it compares those. */
function comparable(each: SparkCase, batches: readonly (readonly Json[])[]): readonly unknown[] {
  return batches.map((batch) => {
    const records = batch.map(normal).map((record) => {
      if (each.suiteAssertion === undefined || !Array.isArray(record)) return record
      const [key, values] = record
      return Array.isArray(values) ? [key, [...new Set(values.map((value) => JSON.stringify(value)))].sort()] : record
    })
    return each.unordered ? records.map((record) => JSON.stringify(record)).sort() : records
  })
}

async function run(each: SparkCase, more: Partial<Parameters<typeof runPipeline>[1]> = {}) {
  const { document, inputs } = documentOfCase(each)
  const collect = each.expectedSnapshots === undefined ? [RESULT] : [RESULT, SNAPSHOTS]
  const finished = await runPipeline(document, { batches: each.numBatches, inputs, collect, ...more })
  const results = finished.recordsOf(RESULT).filter(({ records }) => each.skipEmpty !== true || records.length > 0)
  return { ...finished, results }
}

describe.each(runnable.map((each) => [`${each.id}: ${each.title}`, each] as const))('%s', (_name, each) => {
  test('gives what Spark gives', async () => {
    const { results, failures, recordsOf } = await run(each)
    expect(
      comparable(
        each,
        results.map(({ records }) => records),
      ),
    ).toEqual(comparable(each, each.expected))
    if (each.expectedTimesMs !== undefined) expect(results.map(({ timeMs }) => timeMs)).toEqual(each.expectedTimesMs)
    if (each.expectedPartitionCount !== undefined)
      expect(results.map(({ partitions }) => partitions.length)).toEqual(each.expectedPartitionCount)
    if (each.expectedSnapshots !== undefined) {
      const snapshots = recordsOf(SNAPSHOTS).map(({ records }) => records)
      expect(comparable({ ...each, unordered: true }, snapshots)).toEqual(
        comparable({ ...each, unordered: true }, each.expectedSnapshots),
      )
    }
    const { expectError } = each
    expect([...new Set(failures.map(({ timeMs }) => timeMs))]).toEqual(
      expectError === undefined ? [] : [expectError.batch * each.batchMs],
    )
    if (expectError?.messageContains !== undefined) expect(failures[0]?.message).toContain(expectError.messageContains)
  })
})

const recovered = runnable.flatMap((each) =>
  each.recovery === undefined ? [] : [[each.id, each, each.recovery] as const],
)

test.each(recovered)('%s: goes on after a restart as Spark does', async (_id, each, recovery) => {
  const store = new MemoryCheckpointStore()
  const before = await run(each, { store, killAfterMs: recovery.batchesBeforeRestart * each.batchMs })
  const after = await run(each, { store })
  const recordsOf = ({ results }: typeof before) =>
    comparable(
      each,
      results.map(({ records }) => records),
    )
  expect(recordsOf(before)).toEqual(comparable(each, recovery.expectedBeforeRestart))
  expect(recordsOf(after)).toEqual(comparable(each, recovery.expectedAfterRestart))
})
