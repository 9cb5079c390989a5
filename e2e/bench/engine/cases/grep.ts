import { filter, from, reduce } from 'rxjs'
import type { BenchCase, BenchHost } from '#e2e/bench/engine/case.ts'
import { type EngineRun, openEngine } from '#e2e/bench/engine/engine-run.ts'
import { freshText, zipfLines } from '#e2e/bench/engine/texts.ts'

const LINES = 40_000
const WANTED = 'aa'

/** How many lines hold a text. */
export async function grep(host: BenchHost): Promise<BenchCase> {
  const bytes = zipfLines(LINES, 2)
  let text = ''
  const prepare = (): void => {
    text = freshText(bytes)
  }
  const open = (packed: boolean): Promise<EngineRun> =>
    openEngine(
      {
        lines: ['webSocketTextStream', { url: 'ws://127.0.0.1:1' }],
        found: ['filter', { fn: `line => line.includes('${WANTED}')` }, 'lines'],
        out: ['print', { num: 1 }, 'found'],
      },
      host,
      { conf: { 'sluice.packedText': packed } },
    )
  const [records, packed] = [await open(false), await open(true)]
  return {
    title: `${LINES} lines of 12 words searched`,
    records: LINES,
    variants: [
      { name: 'hand loop', prepare, run: () => byHand(text).length },
      {
        name: 'engine, records',
        prepare: () => records.receive(freshText(bytes)),
        run: async () => (await records.batch()).nodes.found?.records,
      },
      {
        name: 'engine, packed',
        prepare: () => packed.receive(freshText(bytes)),
        run: async () => (await packed.batch()).nodes.found?.records,
      },
      { name: 'RxJS', prepare, run: () => byRx(text) },
    ],
  }
}

function byHand(text: string): readonly string[] {
  const found: string[] = []
  for (const line of text.split('\n')) if (line.includes(WANTED)) found.push(line)
  return found
}

function byRx(text: string): number {
  let count = 0
  from(text.split('\n'))
    .pipe(
      filter((line) => line.includes(WANTED)),
      reduce((all: string[], line) => {
        all.push(line)
        return all
      }, []),
    )
    .subscribe((found) => {
      count = found.length
    })
  return count
}
