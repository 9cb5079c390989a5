import type { Connect, Connection, ConnectionEvents } from '#engine/runtime/driver/receivers/receiver-connection.ts'
import { findWebSocketStream, StreamReader, type WebSocketStream } from './web-socket-stream.ts'

type Feed = Parameters<Connect>[0]

/** A WebSocket client for receivers. Binary messages are taken as UTF-8 text: each is whole, so none ends within a character. */
export const connectWebSocket: Connect = (feed, events) => {
  try {
    const Stream = findWebSocketStream()
    if (Stream === undefined) return openSocket(feed, events)
    return read(new Stream(feed.url, { protocols: feed.protocols }), feed, events)
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
}

function read(stream: WebSocketStream, feed: Feed, events: ConnectionEvents): Connection {
  const text = new TextDecoder()
  const reader = new StreamReader(stream, {
    onOpen: () => events.onOpen(),
    onMessage: (data) => events.onText(typeof data === 'string' ? data : text.decode(data)),
    onClose: (wasOpen, how) => events.onClose(reasonOf(feed.url, wasOpen, how), false),
  })
  return { close: () => reader.close(), hold: (isHeld) => reader.hold(isHeld) }
}

function openSocket(feed: Feed, events: ConnectionEvents): Connection {
  const socket = new WebSocket(feed.url, [...feed.protocols])
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

function reasonOf(url: string, wasOpen: boolean, { code, reason }: { readonly code: number; readonly reason: string }) {
  if (!wasOpen) return `No connection to ${url}: is a server listening there, and does it speak WebSocket?`
  const said = reason === '' ? '' : `, saying "${reason.slice(0, 120)}"`
  return `The connection to ${url} was closed (code ${code}${said}).`
}
