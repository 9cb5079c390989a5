import { from, groupBy, map, mergeMap, reduce } from 'rxjs'
import type { BenchCase, BenchHost } from '#e2e/bench/engine/case.ts'
import { type EngineRun, openEngine } from '#e2e/bench/engine/engine-run.ts'
import { freshText, zipfLines } from '#e2e/bench/engine/texts.ts'

const LINES = 10_000

/** Lines of text to the number of times that each word occurs; the result is how many words there are. */
export async function wordCount(host: BenchHost): Promise<BenchCase> {
  const bytes = zipfLines(LINES, 1)
  let text = ''
  const prepare = (): void => {
    text = freshText(bytes)
  }
  const open = (packed: boolean): Promise<EngineRun> =>
    openEngine(
      {
        lines: ['webSocketTextStream', { url: 'ws://127.0.0.1:1' }],
        words: ['flatMap', { fn: "line => line.split(' ')" }, 'lines'],
        pairs: ['map', { fn: 'word => [word, 1]' }, 'words'],
        counts: ['reduceByKey', { reduce: '(a, b) => a + b' }, 'pairs'],
        out: ['print', { num: 1 }, 'counts'],
      },
      host,
      { conf: { 'sluice.packedText': packed } },
    )
  const [records, packed] = [await open(false), await open(true)]
  return {
    title: `word count, ${LINES} lines of 12 words`,
    records: LINES,
    variants: [
      { name: 'hand loop', prepare, run: () => byHand(text).size },
      {
        name: 'engine, records',
        prepare: () => records.receive(freshText(bytes)),
        run: async () => (await records.batch()).nodes.counts?.records,
      },
      {
        name: 'engine, packed',
        prepare: () => packed.receive(freshText(bytes)),
        run: async () => (await packed.batch()).nodes.counts?.records,
      },
      { name: 'RxJS reduce', prepare, run: () => byReduce(text).size },
      { name: 'RxJS groupBy', prepare, run: () => byGroups(text).size },
    ],
  }
}

function byHand(text: string): ReadonlyMap<string, { n: number }> {
  const cells = new Map<string, { n: number }>()
  for (const line of text.split('\n')) {
    for (const word of line.split(' ')) {
      const cell = cells.get(word)
      if (cell === undefined) cells.set(word, { n: 1 })
      else cell.n += 1
    }
  }
  return cells
}

function byReduce(text: string): ReadonlyMap<string, number> {
  let result: ReadonlyMap<string, number> = new Map()
  from(text.split('\n'))
    .pipe(
      mergeMap((line) => line.split(' ')),
      map((word) => [word, 1] as const),
      reduce((all, [word, one]) => all.set(word, (all.get(word) ?? 0) + one), new Map<string, number>()),
    )
    .subscribe((all) => {
      result = all
    })
  return result
}

function byGroups(text: string): ReadonlyMap<string, number> {
  const result = new Map<string, number>()
  from(text.split('\n'))
    .pipe(
      mergeMap((line) => line.split(' ')),
      groupBy((word) => word),
      mergeMap((group) =>
        group.pipe(
          reduce((sum) => sum + 1, 0),
          map((sum) => [group.key, sum] as const),
        ),
      ),
    )
    .subscribe(([word, sum]) => result.set(word, sum))
  return result
}
