// A process of its own: serves lines of text as fast as a client takes them. The path of a client's address is how many lines a message holds.
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { zipfLines } from '#e2e/bench/engine/texts.ts'

const LINES = 64_000
/** Bytes that are handed to the socket at a time, and how often before the first of them have left. */
const PORTION = 128 * 1024
const PORTIONS = 2

const lines = new TextDecoder().decode(zipfLines(LINES, 1)).split('\n')

function messagesOf(perMessage: number): readonly Buffer[] {
  return Array.from({ length: Math.floor(LINES / perMessage) }, (_, index) =>
    Buffer.from(lines.slice(index * perMessage, (index + 1) * perMessage).join('\n')),
  )
}

function serve(socket: WebSocket, messages: readonly Buffer[]): void {
  let next = 0
  const send = (error?: Error | null): void => {
    if (error instanceof Error || socket.readyState !== socket.OPEN) return
    for (let bytes = 0; ; ) {
      const message = messages[next++ % messages.length] ?? Buffer.alloc(0)
      bytes += message.length
      if (bytes < PORTION) {
        socket.send(message, { binary: false })
        continue
      }
      // Called once the kernel has taken it: a client that reads slowly is sent to slowly.
      socket.send(message, { binary: false }, send)
      return
    }
  }
  for (let portion = 0; portion < PORTIONS; portion++) send()
}

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false })
server.on('connection', (socket, { url = '/' }) => {
  socket.on('error', () => {})
  serve(socket, messagesOf(Number(url.slice(1))))
})
server.on('listening', () => process.send?.((server.address() as AddressInfo).port)) // a cast: it listens on TCP
process.on('disconnect', () => process.exit())
