import { booleanOf } from '#engine/compile/conf.ts'
import type { Plan } from '#engine/compile/plan.ts'
import type { Conf } from '#engine/model/pipeline.ts'
import { byteStreams } from './byte-streams.ts'
import { packedChains } from './packed-chains.ts'
import { printPacked } from './print-packed.ts'

/** The plan with loops that run built-in work on the text of blocks, where it has such work and `conf` does not switch them off.
 *  Apart from lowerPipeline, because most of the compiler is needed by every run and this only by those that receive lines.
 *  Shape: `export default (kernel) => Record<chain name, packed chain>`, unique per plan as the stages are; see print-packed.ts */
export function packPlan(plan: Plan, conf: Conf): Plan {
  if (!booleanOf(conf, 'sluice.packedText')) return plan
  const chains = packedChains(plan)
  const loops = [...chains].flatMap(([{ name }, found]) => ('end' in found ? [printPacked(name, found)] : []))
  if (loops.length === 0) return plan
  const text = [
    `/* packed stages of ${plan.name.replaceAll('*/', '* /')} ${plan.seed} */`,
    'export default function (kernel) {',
    'const { seek, readNumber, readWhole, parseTen, isWhole, readObject, unitsOf, trimStart, trimEnd } = kernel;',
    'return {',
    ...loops,
    '};',
    '}',
  ]
  const bytes = byteStreams(plan, chains)
  return { ...plan, packedText: text.join('\n'), ...(bytes.length > 0 ? { byteStreams: bytes } : {}) }
}
