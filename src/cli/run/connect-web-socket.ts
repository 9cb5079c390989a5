import { WebSocket } from 'ws'
import type { Connect } from '#engine/runtime/driver/receivers/receiver-connection.ts'

/** Receives from a WebSocket. Binary messages are read as UTF-8 text. */
export const connectWebSocket: Connect = ({ url, protocols }, events) => {
  let socket: WebSocket
  try {
    socket = new WebSocket(url, [...protocols])
  } catch (error) {
    // Only an address or a protocol that can never work throws; the caller does not expect to be called back at once.
    queueMicrotask(() => events.onClose(`${url}: ${error instanceof Error ? error.message : String(error)}`, true))
    return { close: () => {} }
  }
  let reason: string | undefined
  socket.on('open', () => events.onOpen())
  socket.on('message', (data) => events.onText(String(data)))
  // A 'close' always follows.
  socket.on('error', (error) => {
    reason = error.message
  })
  socket.on('close', (code) => events.onClose(`${url}: ${reason ?? `closed with code ${code}`}`, false))
  return {
    close: () => {
      // One that does not read does not see the answer to its farewell.
      socket.resume()
      socket.close()
    },
    hold: (isHeld) => {
      if (isHeld) socket.pause()
      else socket.resume()
    },
  }
}
