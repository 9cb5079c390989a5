import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { FeedOptions } from './feed-options.ts'
import { mayConnect, type RunningFeed, startFeed } from './feed-server.ts'

const cleanUp: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step()
})

const basic: FeedOptions = {
  port: 0,
  recordsPerSecond: 2000,
  perMessage: 1,
  source: { kind: 'generator', name: 'sentences', seed: 1 },
  allowedOrigins: [],
}

async function start(changes: Partial<FeedOptions>, log: string[] = []): Promise<RunningFeed> {
  const feed = await startFeed({ ...basic, ...changes }, (line) => log.push(line))
  if (!feed.ok) throw new Error(feed.error)
  cleanUp.push(() => feed.value.close())
  return feed.value
}

async function writeLines(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'feed-'))
  cleanUp.push(() => rm(folder, { recursive: true }))
  const path = join(folder, 'lines.txt')
  await writeFile(path, text)
  return path
}

/** Messages until there are `most` of them or the server closes, and the closing code. */
function receive(port: number, most: number): Promise<{ messages: string[]; code: number | undefined }> {
  return new Promise((resolve, reject) => {
    const messages: string[] = []
    const socket = new WebSocket(`ws://127.0.0.1:${port}`)
    socket.on('error', reject)
    socket.on('close', (code) => resolve({ messages, code }))
    socket.on('message', (data, isBinary) => {
      expect(isBinary).toBe(false)
      if (messages.length < most) messages.push(String(data)) // more may come in the same packet
      if (messages.length === most) {
        resolve({ messages, code: undefined })
        socket.terminate()
      }
    })
  })
}

test('every connection gets the same sentences from the beginning', async () => {
  const { port } = await start({})
  const [one, two] = await Promise.all([receive(port, 10), receive(port, 10)])
  expect(one.messages).toHaveLength(10)
  expect(two.messages).toEqual(one.messages)
  for (const message of one.messages) expect(message.split(' ').length).toBeGreaterThanOrEqual(4)
})

test('objects are sent as JSON text, several to a message', async () => {
  const { port } = await start({ source: { kind: 'generator', name: 'sensors', seed: 1 }, perMessage: 3 })
  const before = Date.now()
  const { messages } = await receive(port, 2)
  const readings = messages.flatMap((message) => message.split('\n')).map((line) => JSON.parse(line))
  expect(readings.map(({ sensor }) => sensor)).toEqual(['t01', 't02', 't03', 't04', 't05', 't06'])
  expect(readings[0].at).toBeGreaterThanOrEqual(before)
})

test('a file is sent over and over, or once and then the connection is closed', async () => {
  const path = await writeLines('\ufeffone\r\n\ntwo\n')
  const again = await start({ source: { kind: 'file', path, once: false } })
  expect((await receive(again.port, 7)).messages).toEqual(['one', '', 'two', 'one', '', 'two', 'one'])
  const once = await start({ source: { kind: 'file', path, once: true }, perMessage: 2 })
  expect(await receive(once.port, 100)).toEqual({ messages: ['one\n', 'two'], code: 1000 })
})

test('who comes and goes is logged; closing says goodbye and frees the port', async () => {
  const log: string[] = []
  const feed = await start({}, log)
  const receiving = receive(feed.port, Number.POSITIVE_INFINITY)
  await expect.poll(() => log).toEqual(['#1 connected'])
  await feed.close()
  expect((await receiving).code).toBe(1001)
  await expect.poll(() => log[1]).toMatch(/^#1 disconnected \(code 1001\) after \d+ records$/)
  const next = await start({ port: feed.port })
  expect(next.port).toBe(feed.port)
})

test('a taken port is explained', async () => {
  const { port } = await start({})
  const second = await startFeed({ ...basic, port })
  expect(second.ok ? '' : second.error).toContain(`Port ${port} is taken`)
  expect(second.ok ? '' : second.error).toContain('--port')
})

test('an unusable file is explained', async () => {
  const empty = await writeLines('')
  const paths = [
    [empty, 'is empty'],
    [`${empty}.missing`, 'there is no such file'],
    [tmpdir(), 'it is a folder'],
  ] as const
  for (const [path, reason] of paths) {
    const feed = await startFeed({ ...basic, source: { kind: 'file', path, once: false } })
    expect(feed.ok ? '' : feed.error).toContain(reason)
  }
})

test("pages of strangers are refused, this machine's and named ones are not", async () => {
  for (const origin of [undefined, 'http://localhost:5173', 'http://127.0.0.1:4173', 'http://[::1]:80']) {
    expect(mayConnect(origin, [])).toBe(true)
  }
  for (const origin of [
    'https://evil.example',
    'null',
    'http://localhost.evil.example',
    'http://127.0.0.1.evil.example',
  ]) {
    expect(mayConnect(origin, [])).toBe(false)
  }
  expect(mayConnect('https://good.example', ['https://good.example'])).toBe(true)

  const log: string[] = []
  const { port } = await start({}, log)
  const socket = new WebSocket(`ws://127.0.0.1:${port}`, { origin: 'https://evil.example' })
  const status = await new Promise<number | undefined>((resolve) => {
    socket.on('unexpected-response', (_, response) => {
      resolve(response.statusCode)
      response.resume()
      socket.terminate()
    })
    socket.on('error', () => resolve(undefined))
  })
  expect(status).toBe(403)
  expect(log).toEqual([expect.stringContaining('--allow-origin https://evil.example')])
})
