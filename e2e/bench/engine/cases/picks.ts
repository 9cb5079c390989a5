import type { BenchCase, BenchHost } from '#e2e/bench/engine/case.ts'
import { type EngineRun, type NodeText, openEngine } from '#e2e/bench/engine/engine-run.ts'
import { randomOf } from '#e2e/bench/engine/paired.ts'
import { freshText } from '#e2e/bench/engine/texts.ts'

const LINES = 20_000
const USERS = 2_000

const encoder = new TextEncoder()
// The realm is stripped before anything is measured.
const encode = encoder.encode.bind(encoder)

/** A sum per key, of two of the seven fields of lines of CSV. */
export function csvPicks(host: BenchHost): Promise<BenchCase> {
  return picks(
    host,
    `${LINES} lines of CSV, a sum by key`,
    ({ user, ms, index }) => `${index},2026-01-01T00:00:00,${user},GET,/products/${index % 97},200,${ms}`,
    {
      fields: ['map', { fn: "line => line.split(',')" }, 'lines'],
      pairs: ['map', { fn: 'f => [f[2], Number(f[6])]' }, 'fields'],
    },
    (line) => {
      const fields = line.split(',')
      return [fields[2] ?? '', Number(fields[6])]
    },
  )
}

/** A sum per key, of two of the seven members of objects in JSON. */
export function jsonPicks(host: BenchHost): Promise<BenchCase> {
  return picks(
    host,
    `${LINES} lines of JSON, a sum by key`,
    ({ user, ms, index }) =>
      JSON.stringify({
        index,
        at: '2026-01-01T00:00:00',
        user,
        method: 'GET',
        path: `/products/${index % 97}`,
        ok: true,
        ms,
      }),
    {
      events: ['map', { fn: 'line => JSON.parse(line)' }, 'lines'],
      pairs: ['map', { fn: 'e => [e.user, e.ms]' }, 'events'],
    },
    (line) => {
      const { user, ms } = JSON.parse(line)
      return [user, ms]
    },
  )
}

interface Visit {
  readonly user: string
  readonly ms: number
  readonly index: number
}

async function picks(
  host: BenchHost,
  title: string,
  print: (visit: Visit) => string,
  nodes: Readonly<Record<string, NodeText>>,
  pick: (line: string) => readonly [string, number],
): Promise<BenchCase> {
  const random = randomOf(3)
  const visits = Array.from({ length: LINES }, (_, index) => {
    const user = `user-${Math.floor(random() * random() * USERS)}`
    return print({ user, ms: Math.floor(random() * 900), index })
  })
  const bytes = encode(visits.join('\n'))
  let text = ''
  const open = (packed: boolean): Promise<EngineRun> =>
    openEngine(
      {
        lines: ['webSocketTextStream', { url: 'ws://127.0.0.1:1' }],
        ...nodes,
        sums: ['reduceByKey', { reduce: '(a, b) => a + b' }, 'pairs'],
        out: ['print', { num: 1 }, 'sums'],
      },
      host,
      { conf: { 'sluice.packedText': packed } },
    )
  const variant = (name: string, engine: EngineRun) => ({
    name,
    prepare: () => engine.receive(freshText(bytes)),
    run: async () => (await engine.batch()).nodes.sums?.records,
  })
  const byHand = (): number => {
    const sums = new Map<string, number>()
    for (const line of text.split('\n')) {
      const [key, value] = pick(line)
      sums.set(key, (sums.get(key) ?? 0) + value)
    }
    return sums.size
  }
  const prepare = (): void => {
    text = freshText(bytes)
  }
  return {
    title,
    records: LINES,
    variants: [
      { name: 'hand loop', prepare, run: byHand },
      variant('engine, records', await open(false)),
      variant('engine, packed', await open(true)),
    ],
  }
}
