import type { Connect } from '#engine/runtime/driver/receivers/receiver-connection.ts'

/** A WebSocket client for receivers. Binary messages are taken as UTF-8 text. */
export const connectWebSocket: Connect = (feed, events) => {
  let socket: WebSocket
  try {
    socket = new WebSocket(feed.url, [...feed.protocols])
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    queueMicrotask(() =>
      events.onClose(
        `${feed.url} cannot be connected to: ${reason} Give an address such as ws://127.0.0.1:9999 or wss://example.org/feed.`,
        true,
      ),
    )
    return { close: () => {} }
  }
  const text = new TextDecoder()
  let wasOpen = false
  let isOver = false
  socket.binaryType = 'arraybuffer'
  socket.onopen = () => {
    wasOpen = true
    events.onOpen()
  }
  socket.onmessage = (event: MessageEvent<string | ArrayBuffer>) => {
    events.onText(typeof event.data === 'string' ? event.data : text.decode(event.data))
  }
  // An `error` is always followed by `close`, and says nothing that a page may know.
  socket.onclose = (event) => {
    if (isOver) return
    isOver = true
    events.onClose(reasonOf(feed.url, wasOpen, event), false)
  }
  return {
    close: () => {
      isOver = true
      socket.close()
    },
  }
}

function reasonOf(url: string, wasOpen: boolean, event: CloseEvent): string {
  if (!wasOpen) return `No connection to ${url}: is a server listening there, and does it speak WebSocket?`
  const said = event.reason === '' ? '' : `, saying "${event.reason.slice(0, 120)}"`
  return `The connection to ${url} was closed (code ${event.code}${said}).`
}
