import { type WebSocket, WebSocketServer } from 'ws'
import { chain } from '#e2e/app/documents.ts'
import type { Pipeline } from '#engine/model/pipeline.ts'
import type { Saved } from './read-saved.ts'

export interface Verdict {
  readonly batches: number
  readonly lost: number
  readonly wrong: number
}

/** A pipeline, its source, and what its source says that every batch must hold. */
export interface Scene {
  readonly name: string
  readonly pipeline: Pipeline
  /** Of the virtual clock; undefined: it runs by the real one. */
  readonly speed: string | undefined
  /** Batch time that must pass between two kills. */
  readonly betweenMs: number
  /** Of all that was saved in the end. */
  judge(saved: readonly Saved[]): Promise<Verdict>
  /** What else the figures need to be understood. */
  remark(): string
  close(): Promise<void>
}

const PER_BATCH = 10
const KEYS = 7

/** Rows 0, 1, 2… of a simulated source, counted for ever by their remainder: batch n holds rows up to 10 n, whatever happened before. */
export async function simulatedScene(): Promise<Scene> {
  const pipeline = chain({
    name: 'Kills over simulated rows',
    nodes: [
      ['rows', 'simulatedTextStream', { generator: 'custom', fn: 'i => i', rowsPerSecond: PER_BATCH, partitions: 2 }],
      ['pairs', 'map', { fn: `i => [i % ${KEYS}, 1]` }],
      ['counts', 'updateStateByKey', { fn: '(ones, count = 0) => count + ones.length' }],
      ['saved', 'saveAsTextFiles', { prefix: 'counts' }],
    ],
  })
  return {
    name: 'simulated source',
    pipeline,
    speed: '10',
    betweenMs: 12_000,
    judge: async (saved) => {
      const byTime = new Map(saved.map(({ timeMs, rows }) => [timeMs, rows]))
      const newestMs = Math.max(...byTime.keys())
      let lost = 0
      let wrong = 0
      for (let timeMs = 1000; timeMs <= newestMs; timeMs += 1000) {
        const rows = byTime.get(timeMs)
        if (rows === undefined) lost += 1
        else if ([...rows].sort().join() !== expectedCounts(timeMs / 1000).join()) wrong += 1
      }
      return { batches: newestMs / 1000, lost, wrong }
    },
    remark: () => '',
    close: async () => {},
  }
}

/** The count of every remainder after so many batches. */
function expectedCounts(batches: number): string[] {
  const rows = batches * PER_BATCH
  const counts = Array.from({ length: KEYS }, (_, key) => Math.floor(rows / KEYS) + (key < rows % KEYS ? 1 : 0))
  return counts.flatMap((count, key) => (count === 0 ? [] : [`(${key},${count})`])).sort()
}

const BATCH_MS = 200
const EVERY_MS = 20
const PER_MESSAGE = 4

/** Numbers from a WebSocket into a write-ahead log. Each connection is sent a run of numbers; what arrives of it must be its beginning, whole
 *  and in order, and each number once. How long that beginning is only the network decides: a WebSocket sends nothing again. */
export async function webSocketScene(): Promise<Scene> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await new Promise((resolve) => server.on('listening', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a server on TCP has a port')
  const sent: { readonly first: number; next: number }[] = []
  let next = 0
  server.on('connection', (socket: WebSocket) => {
    const connection = { first: next, next }
    sent.push(connection)
    const timer = setInterval(() => {
      if (socket.readyState !== socket.OPEN || socket.bufferedAmount > 100_000) return
      socket.send(Array.from({ length: PER_MESSAGE }, (_, each) => String(next + each)).join('\n'))
      next += PER_MESSAGE
      connection.next = next
    }, EVERY_MS)
    socket.on('close', () => clearInterval(timer))
    socket.on('error', () => {})
  })
  const pipeline = chain({
    name: 'Kills over a WebSocket',
    settings: {
      batchMs: BATCH_MS,
      master: 'local[3]',
      conf: { 'spark.streaming.receiver.writeAheadLog.enable': true },
    },
    nodes: [
      ['lines', 'webSocketTextStream', { url: `ws://127.0.0.1:${address.port}`, json: false }],
      ['pairs', 'map', { fn: "line => ['all', line]" }],
      ['seen', 'updateStateByKey', { fn: '(lines, state = [0, ""]) => [state[0] + lines.length, lines.join(" ")]' }],
      ['saved', 'saveAsTextFiles', { prefix: 'seen' }],
    ],
  })
  let remark = ''
  return {
    name: 'WebSocket with a write-ahead log',
    pipeline,
    speed: undefined,
    betweenMs: 2000,
    judge: async (saved) => {
      const verdict = judgeNumbers(saved, sent)
      remark = `${verdict.received} of ${next} numbers arrived over ${sent.length} connections; the rest was on its way when one ended.`
      return verdict
    },
    remark: () => remark,
    close: () =>
      new Promise((resolve) => {
        for (const client of server.clients) client.terminate()
        server.close(() => resolve())
      }),
  }
}

function judgeNumbers(
  saved: readonly Saved[],
  sent: readonly { readonly first: number; readonly next: number }[],
): Verdict & { readonly received: number } {
  const batches = [...saved].sort((a, b) => a.timeMs - b.timeMs)
  const seen = new Map<number, number>()
  let lost = 0
  let wrong = 0
  let total = 0
  let expectedMs = batches[0]?.timeMs ?? 0
  for (const { timeMs, rows } of batches) {
    for (; expectedMs < timeMs; expectedMs += BATCH_MS) lost += 1
    expectedMs = timeMs + BATCH_MS
    const [, count = '0', text = ''] = /^\(all,\[(\d+),"(.*)"\]\)$/.exec(rows[0] ?? '') ?? []
    const numbers = text === '' ? [] : text.split(' ').map(Number)
    for (const number of numbers) seen.set(number, (seen.get(number) ?? 0) + 1)
    total += numbers.length
    // The state counts every record that ever came, each once.
    if (rows.length > 1 || Number(count) !== total) wrong += 1
  }
  for (const times of seen.values()) if (times !== 1) wrong += times - 1
  for (const { first, next } of sent) {
    let newest = next - 1
    while (newest >= first && !seen.has(newest)) newest -= 1
    for (let number = first; number <= newest; number++) if (!seen.has(number)) lost += 1
  }
  return { batches: batches.length, lost, wrong, received: seen.size }
}
