import { expect, test } from 'vitest'
import { documentOf } from '#engine/runtime/testing/document.ts'
import { makeBench } from '#engine/runtime/testing/driver-bench.ts'
import { settle } from '#engine/runtime/testing/fake-timers.ts'

const document = documentOf({ a: ['simulatedTextStream', { rowsPerSecond: 1 }], out: ['print', {}, 'a'] })
const DEADLINE_MS = 3000

test('executors that are lost while they load are replaced like others, three times a minute', async () => {
  const { start, pass, told, attach, context, plan } = makeBench(document)
  await start()
  const silent = { post: () => {}, listen: () => {}, grant: () => {}, onViolation: () => {}, close: () => {} }
  const attachSilent = () => void context.attach(Array.from({ length: plan.executors }, () => silent))
  attachSilent()
  await pass(DEADLINE_MS)
  expect(told.losses).toEqual([{ kind: 'gone', reason: 'The functions did not load within 3000 ms.' }])
  await attach()
  await settle()
  expect(told.states).toEqual(['ACTIVE'])
  expect(told.completed.map(({ info }) => info.batchTimeMs)).toEqual([1000, 2000, 3000])
  for (let again = 1; again <= 3; again++) {
    attachSilent()
    await pass(DEADLINE_MS)
  }
  expect(told.losses).toHaveLength(3)
  expect(told.states[1]).toBe('STOPPED: The functions did not load within 3000 ms.')
})
