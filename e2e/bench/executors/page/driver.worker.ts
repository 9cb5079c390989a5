// The product's driver over executors in the product's sandbox, batch by batch: each rival runs the same text in turn.
import { type EngineRun, type NodeText, openEngine } from '#e2e/bench/engine/engine-run.ts'
import type { CaseResult } from '#e2e/bench/engine/kernel.ts'
import { compare, randomOf, type Variant } from '#e2e/bench/engine/paired.ts'
import { freshText, zipfLines } from '#e2e/bench/engine/texts.ts'
import { FakeTimers } from '#engine/runtime/testing/fake-timers.ts'
import { guardPort } from '#workers/driver/guarded-port.ts'
import { type ExecutorsRequest, RIVALS } from './request.ts'

/** Blocks of a batch, each a partition. */
const BLOCKS = 4
/** Batches in which code becomes warm and an adaptive rival finds out what pays. */
const SETTLING = 30

interface Case {
  readonly title: string
  readonly lines: number
  /** Counted on the bytes of their block; otherwise records are made of the lines. */
  readonly isPacked: boolean
}

const wordCount: Readonly<Record<string, NodeText>> = {
  lines: ['webSocketTextStream', { url: 'ws://127.0.0.1:1' }],
  words: ['flatMap', { fn: "line => line.split(' ')" }, 'lines'],
  pairs: ['map', { fn: 'word => [word, 1]' }, 'words'],
  counts: ['reduceByKey', { reduce: '(a, b) => a + b' }, 'pairs'],
  out: ['print', { num: 1 }, 'counts'],
}

const cases: Readonly<Record<string, Case>> = {
  large: { title: 'word count by records, 50,000 lines', lines: 50_000, isPacked: false },
  largeKnown: { title: 'word count on bytes, 50,000 lines', lines: 50_000, isPacked: true },
  small: { title: 'word count by records, 1,000 lines', lines: 1_000, isPacked: false },
  smallKnown: { title: 'word count on bytes, 1,000 lines', lines: 1_000, isPacked: true },
}

/** Alarms go off when they are told to, but what takes time is seen to take it: the driver measures its batches. */
class MeasuredTimers extends FakeTimers {
  override now(): number {
    return super.now() + performance.now()
  }
}

async function measure({ name, rounds, ports }: ExecutorsRequest): Promise<CaseResult> {
  const wanted = cases[name]
  if (wanted === undefined) throw new Error(`there is no case ${name}`)
  const parts = Array.from({ length: BLOCKS }, (_, block) => zipfLines(wanted.lines / BLOCKS, block + 1))
  const importModule = (): Promise<never> => Promise.reject(new Error('executors are elsewhere'))
  let adaptive: EngineRun | undefined
  const variants = await Promise.all(
    RIVALS.map(async ({ name: rival, executors, adapts }, index): Promise<Variant<unknown>> => {
      const engine = await openEngine(
        wordCount,
        { importModule, now: () => performance.now() },
        {
          executors,
          links: (ports[index] ?? []).map(guardPort),
          timers: new MeasuredTimers(),
          conf: {
            'spark.default.parallelism': 2,
            'spark.streaming.dynamicAllocation.enabled': adapts,
            'sluice.packedText': wanted.isPacked,
          },
        },
      )
      if (adapts) adaptive = engine
      const prepare = (): Promise<void> => receive(engine, parts)
      return { name: rival, prepare, run: async () => (await engine.batch()).nodes.counts?.records }
    }),
  )
  for (const variant of variants) {
    for (let batch = 0; batch < SETTLING; batch++) {
      await variant.prepare?.()
      await variant.run()
    }
  }
  const [base, ...others] = variants
  if (base === undefined) throw new Error('there is a base')
  const platform = { now: () => performance.now(), turn, random: randomOf(1) }
  const compared = await compare([base, ...others], rounds, platform)
  const ranOn = [...(adaptive?.ranOn ?? [])].map(([count, batches]) => `${batches} batches on ${count}`)
  return { title: `${wanted.title} (adaptive: ${ranOn.join(', ')})`, records: wanted.lines, ...compared }
}

async function receive(engine: EngineRun, parts: readonly Uint8Array[]): Promise<void> {
  for (const part of parts) await engine.receive(freshText(part))
}

function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0))
}

addEventListener('message', ({ data }: MessageEvent<ExecutorsRequest>) => {
  measure(data).then(
    (value) => postMessage({ ok: true, value }),
    (error) => postMessage({ ok: false, error: String(error?.stack ?? error) }),
  )
})
