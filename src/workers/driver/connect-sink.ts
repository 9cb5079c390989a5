import type { ConnectSink } from '#engine/runtime/driver/sinks/sink-connection.ts'

/** A WebSocket client for outputs. What the server says is not listened to. */
export const connectSink: ConnectSink = (url, events) => {
  let socket: WebSocket
  try {
    socket = new WebSocket(url)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    queueMicrotask(() => events.onClose(`It cannot be connected to: ${reason}`))
    return { send: () => {}, bufferedBytes: 0, close: () => {} }
  }
  let wasOpen = false
  socket.onopen = () => {
    wasOpen = true
    events.onOpen()
  }
  // An `error` is always followed by `close`, and says nothing that a page may know.
  socket.onclose = ({ code }) =>
    events.onClose(
      wasOpen
        ? `The connection was closed (code ${code}).`
        : 'There is no connection: does a server listen there, and does it speak WebSocket?',
    )
  return {
    send: (text) => socket.send(text),
    get bufferedBytes() {
      return socket.bufferedAmount
    },
    close: () => socket.close(),
  }
}
