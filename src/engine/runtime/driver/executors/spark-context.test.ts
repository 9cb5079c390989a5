import { describe, expect, test } from 'vitest'
import { documentOf } from '#engine/runtime/testing/document.ts'
import { makeBench } from '#engine/runtime/testing/driver-bench.ts'
import { settle } from '#engine/runtime/testing/fake-timers.ts'
import { SparkContext } from './spark-context.ts'

const simple = documentOf({ a: ['simulatedTextStream', { rowsPerSecond: 1 }], out: ['print', {}, 'a'] })

describe('executors that outlive their context', () => {
  test('answer what they were asked before they are handed on', async () => {
    const sparkContext = new SparkContext()
    const { start, pass, context, timers } = makeBench(simple, { sparkContext, act: () => 'hang' })
    await start()
    await pass(1500)
    const stopped = context.stop({ graceful: false, stopSparkContext: false })
    await settle()
    expect(context.state).toBe('ACTIVE')
    timers.advance(3000)
    await stopped
    expect([context.state, sparkContext.executors]).toEqual(['STOPPED', []])
  })

  test('cannot be had from a SparkContext that is stopped', async () => {
    const sparkContext = new SparkContext()
    sparkContext.stop()
    const { context, attach, closed, plan } = makeBench(simple, { sparkContext })
    expect(await attach()).toMatchObject({
      ok: false,
      error: [{ message: 'Cannot call methods on a stopped SparkContext' }],
    })
    expect(closed).toHaveLength(plan.executors)
    expect(context.state).toBe('INITIALIZED')
  })
})
