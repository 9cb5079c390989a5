import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { files } from './documents.ts'
import { type Line, makeFolder, removeFolder, runSluice, startSluice } from './sluice-process.ts'

let folder = ''
beforeEach(async () => {
  folder = await makeFolder(files)
})
afterEach(() => removeFolder(folder))

describe('sluice run with a checkpoint directory', () => {
  const args = ['run', 'numbers.json', '--batches', '20', '--input', 'numbers-in.json']
  const rdds = (lines: readonly Line[]) => lines.filter((line) => line.type === 'rdd')

  it.each([1, 4, 11])('goes on after being killed at batch %i as if nothing had happened', async (number) => {
    const whole = await runSluice(folder, ...args)
    const killed = await runSluice(folder, ...args, '--checkpoint-dir', 'checkpoint', '--kill-after', String(number))
    expect(killed).toMatchObject({ status: null, signal: 'SIGKILL' })
    expect(rdds(killed.lines)).toEqual(rdds(whole.lines).slice(0, number))
    const recovered = await runSluice(folder, ...args, '--checkpoint-dir', 'checkpoint')
    expect(recovered.status).toBe(0)
    expect(recovered.lines[0]).toEqual({ type: 'started', zeroMs: 0 })
    // The batch of the checkpoint runs again, as in Spark.
    const [first] = rdds(recovered.lines)
    expect([number * 1000, (number + 1) * 1000]).toContain(first?.timeMs)
    expect(rdds(recovered.lines)).toEqual(
      rdds(whole.lines).filter((line) => Number(line.timeMs) >= Number(first?.timeMs)),
    )
  })

  it('goes on after kills at any moment', async () => {
    const long = args.map((arg) => (arg === '20' ? '300' : arg))
    const whole = await runSluice(folder, ...long)
    for (const lines of [2, 3, 40, 100]) {
      const running = startSluice(folder, ...long, '--checkpoint-dir', 'checkpoint')
      let seen = 0
      // A process may be at its end before it is seen to be in the middle: then there is nothing left to kill.
      await running.waitFor(() => ++seen > lines).catch(() => undefined)
      running.process.kill('SIGKILL')
      await running.ended
    }
    const recovered = await runSluice(folder, ...long, '--checkpoint-dir', 'checkpoint')
    expect(recovered.status).toBe(0)
    const again = rdds(recovered.lines)
    expect(again.length).toBeGreaterThan(0)
    expect(again).toEqual(rdds(whole.lines).slice(-again.length))
  })

  it('refuses a checkpoint of another document', async () => {
    await runSluice(folder, ...args, '--checkpoint-dir', 'checkpoint')
    const other = await runSluice(folder, ...args, '--checkpoint-dir', 'checkpoint', '--conf', 'seed=2')
    expect(other).toMatchObject({ status: 2, stdout: [] })
    expect(other.stderr).toEqual([
      expect.stringContaining('holds a checkpoint of another version of this document, or of other settings.'),
    ])
  })
})
