// Two origins on this machine: one serves the harness, the other logs whoever reaches it, by http, WebSocket or UDP.
import { createSocket } from 'node:dgram'
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { WebSocketServer } from 'ws'

export interface HarnessServer {
  readonly url: string
  /** Origin of the logger: `http://127.0.0.1:…`. A path there is /hit/<who>. */
  readonly loggerUrl: string
  /** UDP port that logs as `udp`. */
  readonly udpPort: number
  /** Who was heard so far. */
  readonly hits: ReadonlySet<string>
  /** Bodies the page posted to /report. */
  readonly reports: string[]
  close(): Promise<void>
}

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }
/** Nothing of a policy: what a plain worker of the app's origin could do. */
const PLAIN_PAGE = '<!doctype html><meta charset="utf-8"><title>Positive control</title>'

/** A worker loaded from a file, as the driver is: says whether it may open a socket. */
const SOCKET_WORKER = `onmessage = ({ data }) => {
  const socket = new WebSocket(data)
  socket.onopen = () => postMessage('open')
  socket.onerror = () => postMessage('refused')
}`

export async function serveHarness(folder: string): Promise<HarnessServer> {
  const hits = new Set<string>()
  const reports: string[] = []
  const logger = createServer((request, response) => {
    hits.add(hitOf(request.url))
    // As open as a server can be, so that only the sandbox can be what stops a request.
    response.writeHead(200, { 'Access-Control-Allow-Origin': '*', 'Content-Type': 'text/javascript' })
    response.end('export const reached = 1')
  })
  const sockets = new WebSocketServer({ server: logger })
  sockets.on('connection', (_socket, request) => hits.add(hitOf(request.url)))
  const udp = createSocket('udp4').on('message', () => hits.add('udp'))
  await new Promise<void>((resolve) => udp.bind(0, '127.0.0.1', resolve))

  const app = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    if (path.startsWith('/hit/')) hits.add(hitOf(path))
    if (path === '/report') {
      for await (const chunk of request) reports.push(String(chunk))
      response.end()
      return
    }
    if (path === '/socket-worker.js') {
      response.writeHead(200, { 'Content-Type': 'text/javascript' })
      response.end(SOCKET_WORKER)
      return
    }
    if (path === '/secret') {
      response.end(request.headers.cookie ?? '')
      return
    }
    if (path === '/plain.html') {
      response.writeHead(200, { 'Content-Type': 'text/html', 'Set-Cookie': 'secret=app-secret' })
      response.end(PLAIN_PAGE)
      return
    }
    const file = join(folder, normalize(path === '/' ? '/index.html' : path))
    const body = await readFile(file).catch(() => undefined)
    response.writeHead(body === undefined ? 404 : 200, { 'Content-Type': TYPES[extname(file)] ?? 'text/plain' })
    response.end(body)
  })
  const [url, loggerUrl] = await Promise.all([listen(app), listen(logger)])
  return {
    url,
    loggerUrl,
    udpPort: udp.address().port,
    hits,
    reports,
    async close() {
      udp.close()
      sockets.close()
      for (const server of [app, logger]) {
        server.closeAllConnections()
        await new Promise((resolve) => server.close(resolve))
      }
    },
  }
}

function hitOf(url = ''): string {
  return url.split('/hit/')[1]?.split('?')[0] ?? `other ${url}`
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // Of a TCP server that listens.
  return `http://127.0.0.1:${port}`
}
