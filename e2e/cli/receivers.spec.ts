import { afterEach, beforeEach, expect, it } from 'vitest'
import { makeFolder, removeFolder, startSluice } from './sluice-process.ts'

/** Stores 0 to 99 in blocks of ten, with the time at which it began; then nothing more. */
const RECEIVER = `{
  async onStart(receiver) {
    const life = Date.now()
    for (let n = 0; n < 100; n += 10) {
      await receiver.store(Array.from({ length: 10 }, (_, i) => [life, n + i]))
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    console.log('all stored')
    this.endless = setInterval(() => {}, 1000)
  },
}`

/** Counts per life what came within a minute: after a recovery the window is made again from the blocks. */
const document = {
  format: 'sluice/1',
  name: 'Integers',
  settings: { batchMs: 200, master: 'local[2]', checkpoint: true, seed: 1, conf: {} },
  nodes: [
    { id: 'numbers', op: 'receiverStream', params: { receiver: RECEIVER }, at: [0, 0] },
    { id: 'ones', op: 'mapValues', params: { fn: '() => 1' }, at: [0, 0] },
    {
      id: 'counts',
      op: 'reduceByKeyAndWindow',
      params: { reduce: '(a, b) => a + b', windowMs: 60_000, slideMs: 200 },
      at: [0, 0],
    },
    { id: 'out', op: 'print', params: { num: 10 }, at: [0, 0] },
  ],
  edges: [
    { from: 'numbers', to: 'ones' },
    { from: 'ones', to: 'counts' },
    { from: 'counts', to: 'out' },
  ],
}

let folder = ''
beforeEach(async () => {
  folder = await makeFolder({ 'integers.json': document })
})
afterEach(() => removeFolder(folder))

const start = (log: boolean) =>
  startSluice(
    folder,
    ...['run', 'integers.json', '--clock', 'real', '--checkpoint-dir', `checkpoint-${log}`, '--collect', 'counts'],
    ...['--conf', `spark.streaming.receiver.writeAheadLog.enable=${log}`],
  )

/** Whether a line says how many came of so many lives, all of them. */
const counted = (lives: number) => (line: string) =>
  new RegExp(`"records":\\[(?:\\[\\d+,100\\],?){${lives}}\\]`).test(line)

it.each([true, false])('a custom receiver is killed with its process; the write-ahead log is on: %s', async (log) => {
  const killed = start(log)
  await killed.waitFor(counted(1))
  killed.process.kill('SIGKILL')
  await killed.ended
  const second = start(log)
  await second.waitFor(counted(log ? 2 : 1))
  second.process.kill('SIGINT')
  const { status, stderr } = await second.ended
  expect(status).toBe(0)
  const lost = stderr.flatMap((line) => line.match(/: (\d+) records of "numbers" could not be recovered/)?.[1] ?? [])
  expect(lost.reduce((sum, records) => sum + Number(records), 0)).toBe(log ? 0 : 100)
})
