import { describe, expect, it } from 'vitest'
import { nodeTimers } from './node-timers.ts'

describe('timers that wait for the reader', () => {
  it('ring when nothing is to be waited for', async () => {
    const timers = nodeTimers(() => undefined)
    const rung: string[] = []
    await new Promise<void>((resolve) => {
      // The later one is set when the sooner one rings: were both set here, a machine that stands still for
      // a moment could find both due and ring either first.
      timers.after(0, () => {
        rung.push('soon')
        timers.after(5, () => resolve(void rung.push('later')))
      })
      rung.push('caller')
    })
    expect(rung).toEqual(['caller', 'soon', 'later'])
  })

  it('ring only when the reader has caught up, as often as it falls behind', async () => {
    let caughtUp = (): void => {}
    let full: Promise<void> | undefined
    const fallBehind = (): void => {
      full = new Promise((resolve) => {
        caughtUp = () => {
          full = undefined
          resolve()
        }
      })
    }
    fallBehind()
    let rung = false
    let asked = 0
    const timers = nodeTimers(() => {
      asked += 1
      return full
    })
    timers.after(0, () => {
      rung = true
    })
    await expect.poll(() => asked).toBe(1)
    caughtUp()
    fallBehind()
    await expect.poll(() => asked).toBe(2)
    expect(rung).toBe(false)
    caughtUp()
    await expect.poll(() => rung).toBe(true)
  })

  it('do not ring when cancelled, also while waiting', async () => {
    let caughtUp = (): void => {}
    let full: Promise<void> | undefined = new Promise((resolve) => {
      caughtUp = resolve
    })
    let asked = 0
    const timers = nodeTimers(() => {
      asked += 1
      return full
    })
    let rung = 0
    const ring = (): void => {
      rung += 1
    }
    const cancel = timers.after(0, ring)
    await expect.poll(() => asked).toBe(1)
    cancel()
    full = undefined
    caughtUp()
    const cancelBefore = timers.after(0, ring)
    cancelBefore()
    await new Promise<void>((resolve) => timers.after(0, resolve))
    expect(rung).toBe(0)
  })
})
