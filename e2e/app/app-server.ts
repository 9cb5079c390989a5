// As plain as a web server can be: files of one folder, no header but their type.
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
}

export interface AppServer {
  /** `http://127.0.0.1:…/` */
  readonly url: string
  close(): Promise<void>
}

/** Serves a built folder on a free port of this machine. */
export async function serveApp(folder: string): Promise<AppServer> {
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname))
    try {
      const body = await readFile(join(folder, path === '/' ? 'index.html' : path))
      response.writeHead(200, { 'Content-Type': TYPES[extname(path === '/' ? '.html' : path)] ?? 'text/html' })
      response.end(body)
    } catch {
      response.writeHead(404)
      response.end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a cast: a server that listens on TCP has this kind of address
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
