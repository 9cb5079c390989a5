import type { AddressInfo } from 'node:net'
import { performance } from 'node:perf_hooks'
import { type WebSocket, WebSocketServer } from 'ws'
import { err, ok, type Result } from '#engine/model/result.ts'
import type { FeedLines } from './feed-lines.ts'
import { openLines } from './feed-lines.ts'
import type { FeedOptions } from './feed-options.ts'
import { PacedSender } from './paced-sender.ts'

/** A feed that listens. */
export interface RunningFeed {
  readonly port: number
  /** Says goodbye to everyone and frees the port; settles when that is done, after half a second at most. */
  close(): Promise<void>
}

/** Listening is refused to anything but this machine: the feed may serve a private file. */
const HOST = '127.0.0.1'
const GOODBYE_MS = 500

/** Starts a feed and tells `log` who comes and goes. The error says what is in the way, and what to do. */
export async function startFeed(
  options: FeedOptions,
  log: (line: string) => void = () => {},
): Promise<Result<RunningFeed, string>> {
  const lines = await openLines(options)
  if (!lines.ok) return lines
  const listening = await listen(options, log)
  if (!listening.ok) return listening
  const server = listening.value

  let connections = 0
  server.on('connection', (socket) => {
    connections += 1
    serveConnection(socket, { options, lines: lines.value, log, name: `#${connections}` })
  })
  const { port } = server.address() as AddressInfo // a cast: a server that listens on TCP has this kind of address
  return ok({ port, close: () => closeServer(server) })
}

function listen(options: FeedOptions, log: (line: string) => void): Promise<Result<WebSocketServer, string>> {
  return new Promise((resolve) => {
    const server = new WebSocketServer({
      host: HOST,
      port: options.port,
      maxPayload: 64 * 1024, // nothing is expected from receivers
      verifyClient: ({ origin }: { origin: string | undefined }, answer) => {
        const isAllowed = mayConnect(origin, options.allowedOrigins)
        if (!isAllowed) log(`refused a page of ${origin}: start the feed with --allow-origin ${origin} to let it in`)
        answer(isAllowed, 403, 'Origin not allowed')
      },
    })
    server.once('listening', () => {
      server.on('error', (error) => log(`error: ${error.message}`))
      resolve(ok(server))
    })
    server.once('error', (error) => resolve(err(whyNotListening(error, options.port))))
  })
}

/** Any page can open a WebSocket to this machine; only pages from this machine, programs (which send no origin) and
 *  those named on the command line get the data. */
export function mayConnect(origin: string | undefined, allowedOrigins: readonly string[]): boolean {
  if (origin === undefined || allowedOrigins.includes(origin)) return true
  if (!URL.canParse(origin)) return false
  const { hostname } = new URL(origin)
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '127.0.0.1' || hostname === '[::1]'
}

function whyNotListening(error: Error, port: number): string {
  const code = 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') {
    return `Port ${port} is taken: another program, perhaps another feed, listens there. Stop it, or use another port: --port ${port < 65_535 ? port + 1 : 9999}.`
  }
  if (code === 'EACCES') return `Port ${port} is reserved for administrators. Use one above 1023, such as --port 9999.`
  return `Cannot listen on port ${port}: ${error.message}`
}

interface Connection {
  readonly options: FeedOptions
  readonly lines: FeedLines
  readonly log: (line: string) => void
  readonly name: string
}

function serveConnection(socket: WebSocket, { options, lines, log, name }: Connection): void {
  const sender = new PacedSender({
    outlet: socket,
    lineAt: lines(Date.now()),
    recordsPerSecond: options.recordsPerSecond,
    perMessage: options.perMessage,
    now: () => performance.now(),
  })
  let timer: NodeJS.Timeout | undefined
  const goOn = () => {
    if (socket.readyState !== socket.OPEN) return
    const waitMs = sender.sendDue()
    if (waitMs === undefined) socket.close(1000, 'end of file')
    else timer = setTimeout(goOn, waitMs)
  }
  socket.on('error', (error) => log(`${name} failed: ${error.message}`))
  socket.on('close', (code) => {
    clearTimeout(timer)
    log(`${name} disconnected (code ${code}) after ${sender.count} records`)
  })
  log(`${name} connected`)
  goOn()
}

async function closeServer(server: WebSocketServer): Promise<void> {
  const sockets = [...server.clients]
  const departures = sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve)))
  for (const socket of sockets) socket.close(1001, 'the feed was stopped')
  const deadline = setTimeout(() => {
    for (const socket of server.clients) socket.terminate()
  }, GOODBYE_MS)
  await Promise.all([...departures, new Promise((resolve) => server.close(resolve))])
  clearTimeout(deadline)
}
