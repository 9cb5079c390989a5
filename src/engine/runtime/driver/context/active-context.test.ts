import { expect, test } from 'vitest'
import { documentOf } from '#engine/runtime/testing/document.ts'
import { makeBench } from '#engine/runtime/testing/driver-bench.ts'
import { ActiveContext, getActiveOrCreate } from './active-context.ts'
import type { StreamingContext } from './streaming-context.ts'

// Scenarios of StreamingContextSuite, by their names in lifecycle.test.ts.

const simple = documentOf({ a: ['simulatedTextStream', { rowsPerSecond: 1 }], out: ['print', {}, 'a'] })

test('two-contexts: the second is refused, and may start when the first has stopped', async () => {
  const active = new ActiveContext<StreamingContext>()
  const [a, b] = [makeBench(simple, { active }), makeBench(simple, { active })]
  await a.start()
  await b.attach()
  expect(await b.context.start()).toMatchObject({
    ok: false,
    error: [{ message: expect.stringContaining('Only one StreamingContext may be started') }],
  })
  expect(b.context.state).toBe('INITIALIZED')
  await a.context.stop({ graceful: false })
  expect(await b.context.start()).toMatchObject({ ok: true })
  await b.context.stop({ graceful: false })
})

test('getActive: the context that has started and not stopped', async () => {
  const active = new ActiveContext<StreamingContext>()
  const { context, start } = makeBench(simple, { active })
  expect(active.current).toBeUndefined()
  expect(getActiveOrCreate(active, () => context)).toBe(context)
  expect(active.current).toBeUndefined()
  await start()
  expect(active.current).toBe(context)
  expect(getActiveOrCreate(active, () => makeBench(simple).context)).toBe(context)
  await context.stop({ graceful: false })
  expect(active.current).toBeUndefined()
})
