import { expect, test } from 'vitest'
import { documentOf } from '#engine/runtime/testing/document.ts'
import { runPipeline } from '#engine/runtime/testing/run-pipeline.ts'

// InputStreamsSuite, "queue input stream": each RDD holds one string. A queue is filled before the run here, so that of the second case only
// what is queued before the first batch can be asked for.

test.each([
  [true, [['1'], ['2'], ['3'], ['4'], ['5']], [['1'], ['2'], ['3'], ['4'], ['5']]],
  [false, [['1'], ['2'], ['3']], [['1', '2', '3']]],
])('one at a time: %s', async (oneAtATime, batches, expected) => {
  const document = documentOf({ a: ['queueStream', { batches, oneAtATime }], out: ['print', {}, 'a'] })
  const run = await runPipeline(document, { batches: 7, collect: ['a'] })
  const records = run.recordsOf('a').map((batch) => batch.records)
  expect(records).toHaveLength(7)
  expect(records.filter((each) => each.length > 0)).toEqual(expected)
  expect(run.batches.map(({ info }) => info.numRecords)).toEqual(records.map(() => 0))
})
