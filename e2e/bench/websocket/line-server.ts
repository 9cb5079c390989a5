import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const SCRIPT = fileURLToPath(new URL('./serve-lines.ts', import.meta.url))

export interface LineServer {
  readonly port: number
  close(): void
}

/** Starts serve-lines.ts. */
export async function startLineServer(): Promise<LineServer> {
  const child = fork(SCRIPT, { execArgv: ['--import', 'tsx'] })
  const port = await new Promise<number>((resolve, reject) => {
    child.on('message', (message) => resolve(Number(message)))
    child.on('exit', () => reject(new Error('the server of lines ended')))
  })
  return { port, close: () => child.kill() }
}
