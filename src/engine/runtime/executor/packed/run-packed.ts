import type { Chain } from '#engine/compile/plan.ts'
import type { Evaluation } from '#engine/runtime/executor/rdds/evaluation.ts'
import type { Rdd } from '#engine/runtime/executor/rdds/rdd.ts'
import type { BlockLines } from './packed-block.ts'

/** Runs a chain on the text of a block, where it can, and takes down what its base and its steps held; `steps`: their RDDs.
 *  Samples are made by the general loop, of the few lines that they come from: functions that are known to be built-in work may run twice.
 *  Shape: what the general loop gives, but for a map side's pairs, which are in an array
 *  Fails: undefined where records have to be made, also for a look at all of them; then nothing has been taken down */
export function runPacked(
  chain: Chain,
  base: Rdd,
  steps: readonly Rdd[],
  partition: number,
  evaluation: Evaluation,
): unknown {
  const { plan, meter, order } = evaluation.tools
  if (order.traced || !plan.packed.has(chain.name)) return undefined
  const [baseTaker, ...takers] = [base, ...steps].map((rdd) => meter.taker(rdd, partition))
  const limit = takers.reduce<number>((most, taker) => Math.max(most, taker?.wanted ?? 0), 0)
  // Of a node that somebody looks at every record is wanted.
  if (limit === Number.POSITIVE_INFINITY || baseTaker?.picks !== undefined) return undefined
  const lines = evaluation.lines(base, partition)
  if (lines === undefined) return undefined
  const counts: number[] = steps.map(() => 0)
  const marked: number[] = []
  const result = plan.packed.run(chain.name, lines, limit, counts, marked)
  if (result === undefined) return undefined
  if (baseTaker !== undefined) {
    for (const line of firstLines(lines.text, baseTaker.wanted)) baseTaker.take(line)
    meter.note(base, partition, lines.count, baseTaker)
  }
  if (marked.length > 0) {
    const few = marked.map((start) => lineAt(lines.text, start))
    const unused = steps.map(() => 0)
    plan.loop(chain)(few, limit, (step, record) => takers[step]?.take(record), unused)
  }
  steps.forEach((rdd, step) => {
    const taker = takers[step]
    if (taker !== undefined) meter.note(rdd, partition, counts[step] ?? 0, taker)
  })
  return result
}

function lineAt(text: BlockLines['text'], start: number): string {
  const end = text.indexOf('\n', start)
  return text.slice(start, end < 0 ? undefined : end)
}

function firstLines(text: BlockLines['text'], most: number): readonly string[] {
  const lines: string[] = []
  for (let start = 0; lines.length < most && start <= text.length; start += (lines.at(-1)?.length ?? 0) + 1)
    lines.push(lineAt(text, start))
  return lines
}
