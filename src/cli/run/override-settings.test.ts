import { describe, expect, it } from 'vitest'
import { printDiagnostic } from '#engine/model/diagnostic.ts'
import { parsePipeline } from '#engine/model/parse-pipeline.ts'
import { overrideSettings } from './override-settings.ts'

const document = parsePipeline({
  format: 'sluice/1',
  name: 'test',
  settings: { batchMs: 1000, conf: { 'spark.default.parallelism': 4, 'spark.a': 'b' } },
  nodes: [],
  edges: [],
})

function overridden(...conf: (readonly [string, string])[]) {
  if (!document.ok) throw new Error('the document is right')
  const pipeline = overrideSettings(document.value, conf)
  return pipeline.ok ? pipeline.value.settings : pipeline.error.map(printDiagnostic)
}

describe('settings from the command line', () => {
  it('take the place of the document’s own', () => {
    const conf = [
      ['batchMs', '250'],
      ['master', 'local[4]'],
      ['seed', '7'],
      ['checkpoint', 'false'],
      ['spark.default.parallelism', '2'],
      ['spark.streaming.backpressure.enabled', 'true'],
      ['spark.streaming.blockInterval', '100ms'],
    ] as const
    expect(overridden(...conf)).toEqual({
      batchMs: 250,
      master: 'local[4]',
      seed: 7,
      checkpoint: false,
      conf: {
        'spark.default.parallelism': 2,
        'spark.a': 'b',
        'spark.streaming.backpressure.enabled': true,
        'spark.streaming.blockInterval': '100ms',
      },
    })
  })

  it('are checked like the document’s own', () => {
    expect(overridden(['batchMs', 'soon'])).toEqual([
      'settings.batchMs: batchMs must be a whole number of milliseconds, at least 10 and at most 86400000. (Use 1000 for one second.)',
    ])
    expect(overridden(['batchms', '10'])).toEqual(['--conf: there is no setting "batchms". (Did you mean batchMs?)'])
  })
})
