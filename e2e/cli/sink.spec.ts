import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import { chain, makeFolder, removeFolder, runSluice, startSluice } from './sluice-process.ts'

let server: WebSocketServer
let folder = ''
let got: unknown[] = []
beforeEach(async () => {
  got = []
  server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  server.on('connection', (socket) => socket.on('message', (text) => got.push(JSON.parse(String(text)))))
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // it listens on a port, not on a pipe
  const send = (url: string, params: object) =>
    chain(
      { master: 'local[2]' },
      ['numbers', 'queueStream', { batches: [[1, 2], [3]] }],
      ['out', 'webSocketSink', { url, ...params }],
    )
  folder = await makeFolder({
    'send.json': send(`ws://127.0.0.1:${port}`, { envelope: true }),
    'input.json': { numbers: { batches: [[1, 2], [3]] } },
    'refused.json': send('ws://127.0.0.1:1', { timeoutMs: 200 }),
  })
})
afterEach(async () => {
  server.close()
  await removeFolder(folder)
})

it('sends batches to a WebSocket server, those that run again once more, and ends', async () => {
  // A queue cannot be saved: its batches come from a file that is read again.
  const dir = ['--checkpoint-dir', 'state', '--input', 'input.json', '--batches', '2']
  await startSluice(folder, 'run', 'send.json', ...dir, '--kill-after', '1').ended
  const run = await runSluice(folder, 'run', 'send.json', ...dir)
  expect(run.status).toBe(0)
  expect(got.slice(0, 2)).toEqual([1, 2].map((record, index) => ({ timeMs: 1000, partition: 0, index, record })))
  const [first] = got.slice(-3)
  expect(first).toEqual({ timeMs: 1000, partition: 0, index: 0, mayRepeat: true, record: 1 })
  expect(got).toContainEqual({ timeMs: 2000, partition: 0, index: 0, record: 3 })
})

it('tells which batches could not be sent, where and why, and goes on', async () => {
  const run = await runSluice(folder, 'run', 'refused.json', '--batches', '2')
  expect(run.status).toBe(1)
  const message = expect.stringMatching(/^The batch could not be sent to ws:\/\/127\.0\.0\.1:1: .*ECONNREFUSED/)
  const errors = run.lines.filter((line) => line.type === 'error')
  expect(errors).toEqual([1000, 2000].map((timeMs) => ({ type: 'error', timeMs, node: 'out', message })))
  expect(run.lines.at(-1)).toEqual({ type: 'stopped', graceful: true })
})
