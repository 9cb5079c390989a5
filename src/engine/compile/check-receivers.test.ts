import { expect, test } from 'vitest'
import { parsePipeline } from '#engine/model/parse-pipeline.ts'
import { documentOf } from '#engine/runtime/testing/document.ts'
import { checkPipeline } from './check-pipeline.ts'

function check(op: string, settings: object): readonly (readonly [string, string])[] {
  const params = op === 'manualStream' ? {} : { generator: 'sentences', rowsPerSecond: 1 }
  const parsed = parsePipeline(documentOf({ a: [op, params], out: ['print', {}, 'a'] }, settings))
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  return checkPipeline(parsed.value).diagnostics.map(({ code, severity }) => [code, severity])
}

const conf = (on: boolean) => ({ conf: { 'spark.streaming.receiver.writeAheadLog.enable': on } })

test('a log needs a checkpoint directory, where there is a receiver', () => {
  expect(check('manualStream', { checkpoint: false, ...conf(true) })).toEqual([
    ['settings/log-without-checkpoint', 'error'],
  ])
  expect(check('simulatedTextStream', { checkpoint: false, ...conf(true) })).toEqual([])
})

test('says that received records are not logged, unless that was chosen or nothing is kept anyway', () => {
  expect(check('manualStream', { checkpoint: true })).toEqual([['receiver/not-logged', 'info']])
  expect(check('manualStream', { checkpoint: true, ...conf(true) })).toEqual([])
  expect(check('manualStream', { checkpoint: true, ...conf(false) })).toEqual([])
  expect(check('manualStream', { checkpoint: false })).toEqual([])
  expect(check('simulatedTextStream', { checkpoint: true })).toEqual([])
})
