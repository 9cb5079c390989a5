import { WebSocket } from 'ws'
import type { ConnectSink } from '#engine/runtime/driver/sinks/sink-connection.ts'

/** A WebSocket client for outputs. What the server says is not listened to. */
export const connectSink: ConnectSink = (url, events) => {
  let socket: WebSocket
  try {
    socket = new WebSocket(url)
  } catch (error) {
    // Only an address that can never work throws; the caller does not expect to be called back at once.
    queueMicrotask(() => events.onClose(`${error instanceof Error ? error.message : String(error)}.`))
    return { send: () => {}, bufferedBytes: 0, close: () => {} }
  }
  let reason: string | undefined
  socket.on('open', () => events.onOpen())
  // A 'close' always follows.
  socket.on('error', (error) => {
    reason = error.message
  })
  socket.on('close', (code) =>
    events.onClose(
      reason === undefined ? `The connection was closed (code ${code}).` : `There is no connection: ${reason}.`,
    ),
  )
  return {
    send: (text) => socket.send(text, () => {}), // what goes wrong closes the socket
    get bufferedBytes() {
      return socket.bufferedAmount
    },
    close: () => socket.close(),
  }
}
