import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import { connectWebSocket } from './connect-web-socket.ts'

let server: WebSocketServer
let url = ''

beforeEach(async () => {
  server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  await new Promise((resolve) => server.on('listening', resolve))
  const { port } = server.address() as AddressInfo // it listens on a port, not on a pipe
  url = `ws://127.0.0.1:${port}`
})
afterEach(() => server.close())

function connect(address: string) {
  const events: string[] = []
  const feed = { kind: 'webSocket', url: address, protocols: [], split: 'lines', json: false, maxRate: 0 } as const
  const connection = connectWebSocket(feed, {
    onOpen: () => events.push('open'),
    onText: (text) => events.push(text),
    onClose: (reason, final) => events.push(`${final ? 'final' : 'closed'} ${reason}`),
  })
  return { events, connection }
}

describe('a WebSocket of the command line', () => {
  it('hands over texts in order, and says when the server closes', async () => {
    server.on('connection', (socket) => {
      socket.send('one\ntwo')
      socket.send(Buffer.from('three'))
      socket.close(1001)
    })
    const { events } = connect(url)
    await expect.poll(() => events).toEqual(['open', 'one\ntwo', 'three', `closed ${url}: closed with code 1001`])
  })

  it('has the server wait while it is held', async () => {
    const sent: number[] = []
    server.on('connection', (socket) => {
      const text = 'x'.repeat(2 ** 20)
      const send = (): void => socket.send(text, () => sent.push(sent.length) < 40 && send())
      send()
    })
    const { events, connection } = connect(url)
    await expect.poll(() => events.length).toBeGreaterThan(1)
    connection.hold?.(true)
    const unsent = (): number => [...server.clients].reduce((sum, { bufferedAmount }) => sum + bufferedAmount, 0)
    await expect.poll(unsent).toBeGreaterThan(0)
    for (let turn = 0; turn < 100; turn++) await new Promise((resolve) => setImmediate(resolve))
    expect(sent.length).toBeLessThan(40)
    connection.hold?.(false)
    await expect.poll(() => events.length).toBe(41)
  })

  it('closes when it is told to', async () => {
    const closed = new Promise<number>((resolve) => server.on('connection', (socket) => socket.on('close', resolve)))
    const { events, connection } = connect(url)
    await expect.poll(() => events).toEqual(['open'])
    connection.close()
    expect(await closed).toBe(1005)
  })

  it('says why there is no connection, and when trying again cannot help', async () => {
    const refused = connect('ws://127.0.0.1:1')
    await expect
      .poll(() => refused.events)
      .toEqual([expect.stringMatching(/^closed ws:\/\/127\.0\.0\.1:1: .*ECONNREFUSED/)])
    const wrong = connect('nonsense')
    expect(wrong.events).toEqual([])
    await expect.poll(() => wrong.events).toEqual(['final nonsense: Invalid URL: nonsense'])
  })
})
