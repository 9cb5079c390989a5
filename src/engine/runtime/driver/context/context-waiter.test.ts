import { describe, expect, test } from 'vitest'
import { documentOf } from '#engine/runtime/testing/document.ts'
import { makeBench } from '#engine/runtime/testing/driver-bench.ts'
import { settle } from '#engine/runtime/testing/fake-timers.ts'

const simple = documentOf({ a: ['simulatedTextStream', { rowsPerSecond: 1 }], out: ['print', {}, 'a'] })

describe('a wait', () => {
  test('is given the latest error, whenever it begins, and the run goes on', async () => {
    const { start, pass, context, told } = makeBench(simple, {
      act: ({ timeMs }) => ({ output: 0, failure: { node: 'a', message: `error of ${timeMs}` } }),
    })
    await start()
    const first = context.awaitTermination().catch((thrown: unknown) => thrown)
    await pass(1000)
    expect(await first).toMatchObject({ message: 'error of 1000' })
    await pass(2000)
    await expect(context.awaitTermination()).rejects.toThrow('error of 3000')
    expect([context.state, told.completed.length]).toEqual(['ACTIVE', 3])
    await context.stop({ graceful: false })
    await expect(context.awaitTerminationOrTimeout(0)).rejects.toThrow('error of 3000')
  })

  test('for a negative time is one for ever', async () => {
    const { start, pass, context } = makeBench(simple)
    await start()
    let ended: boolean | undefined
    void context.awaitTerminationOrTimeout(-1).then((stopped) => {
      ended = stopped
    })
    await pass(60_000)
    expect(ended).toBeUndefined()
    await context.stop({ graceful: false })
    await settle()
    expect(ended).toBe(true)
  })
})
