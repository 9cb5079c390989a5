import { expect, test } from 'vitest'
import { documentOf } from './document.ts'
import { importModule } from './import-module.ts'
import { runPipeline } from './run-pipeline.ts'

test('a run whose last batch has no job ends all the same', async () => {
  const document = documentOf({
    a: ['simulatedTextStream', { rowsPerSecond: 1 }],
    slow: ['window', { windowMs: 2000, slideMs: 2000 }, 'a'],
    out: ['print', {}, 'slow'],
  })
  const run = await runPipeline(document, { batches: 5 })
  expect(run.batches.map(({ info }) => info.batchTimeMs)).toEqual([2000, 4000])
})

test('a module keeps its lines and its name', async () => {
  const { default: make } = await importModule(
    'export default function (x) {\n  return () => { throw new Error(x) }\n}\n//# sourceURL=here.js',
  )
  if (typeof make !== 'function') throw new Error('a module gives a function')
  try {
    make('told')()
    expect.unreachable()
  } catch (error) {
    expect(error instanceof Error && error.stack).toContain('here.js:2:')
  }
})
