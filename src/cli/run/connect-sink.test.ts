import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import { connectSink } from './connect-sink.ts'

function connect(address: string) {
  const events: string[] = []
  const connection = connectSink(address, {
    onOpen: () => events.push('open'),
    onClose: (reason) => events.push(reason),
  })
  return { events, connection }
}

it('sends texts in order, and says when the server closes', async () => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // it listens on a port, not on a pipe
  const got: string[] = []
  server.on('connection', (socket) =>
    socket.on('message', (data) => {
      got.push(String(data))
      if (got.length === 2) socket.close(1001)
    }),
  )
  const { events, connection } = connect(`ws://127.0.0.1:${port}`)
  await expect.poll(() => events).toEqual(['open'])
  connection.send('"a"')
  connection.send('2')
  await expect.poll(() => events).toEqual(['open', 'The connection was closed (code 1001).'])
  expect(got).toEqual(['"a"', '2'])
  expect(connection.bufferedBytes).toBe(0)
  server.close()
})

it('says why there is no connection, never at once', async () => {
  const refused = connect('ws://127.0.0.1:1')
  await expect.poll(() => refused.events).toEqual([expect.stringMatching(/^There is no connection: .*ECONNREFUSED/)])
  const wrong = connect('nonsense')
  expect(wrong.events).toEqual([])
  await expect.poll(() => wrong.events).toEqual(['Invalid URL: nonsense.'])
})
