import { type Diagnostic, type Fix, problem } from '#engine/model/diagnostic.ts'
import { isMultipleOf, printMs } from '#engine/model/time.ts'
import { multipleFixes } from './multiples.ts'
import type { CheckContext } from './operator.ts'

/** The parameter that makes a stream need checkpoints, and how to do without it. */
export interface CheckpointCause {
  readonly param: string
  readonly hint: string
  readonly fix: Fix
}

interface Checkpointed {
  /** Spark's name of the class, which its messages carry. */
  readonly stream: 'DStream' | 'StateDStream' | 'ReducedWindowedDStream' | 'InternalMapWithStateDStream'
  readonly slideMs: number
  /** Undefined: Spark chooses one that fits. */
  readonly checkpointMs?: number | undefined
  readonly cause?: CheckpointCause | undefined
  /** The parameter that holds the interval; `checkpointMs` when left out. */
  readonly param?: string
}

/** What Spark refuses at the start of a stream that must be checkpointed.
 *  Source: DStream.validateAtStart, its wording and its order */
export function checkCheckpointing(stream: Checkpointed, context: CheckContext): readonly Diagnostic[] {
  const { node } = context
  if (!context.checkpointing) return [missingDirectory(stream, node)]
  const { checkpointMs, slideMs } = stream
  if (checkpointMs === undefined) return []
  const { param = 'checkpointMs' } = stream
  const fixes = multipleFixes(param, checkpointMs, slideMs)
  if (checkpointMs < slideMs) {
    const message = `The checkpoint interval for ${stream.stream} has been set to ${printMs(checkpointMs)} which is lower than its slide time (${printMs(slideMs)}). Please set it to at least ${printMs(slideMs)}.`
    const hint = `${whatIsSaved(stream)} can be saved at most once per slide. Five to ten times the slide is usual.`
    return [problem('checkpoint/interval-too-short', message, { node, param, hint, fixes })]
  }
  if (!isMultipleOf(checkpointMs, slideMs)) {
    const message = `The checkpoint interval for ${stream.stream} has been set to ${printMs(checkpointMs)} which not a multiple of its slide time (${printMs(slideMs)}). Please set it to a multiple of ${printMs(slideMs)}.`
    const hint = `${whatIsSaved(stream)} is saved together with every so many results of the stream.`
    return [problem('checkpoint/interval-not-a-multiple', message, { node, param, hint, fixes })]
  }
  return []
}

/** A stream without state is saved whole. */
function whatIsSaved({ stream }: Checkpointed): string {
  return stream === 'DStream' ? 'The stream' : 'State'
}

function missingDirectory({ stream, cause }: Checkpointed, node: string): Diagnostic {
  const hint = 'Turn on checkpointing in the settings of the pipeline'
  const why = stream === 'DStream' ? 'saves the stream there' : 'keeps state from batch to batch'
  return problem(
    'checkpoint/no-directory',
    'The checkpoint directory has not been set. Please set it by StreamingContext.checkpoint().',
    cause === undefined
      ? { node, path: ['settings', 'checkpoint'], hint: `${hint}: this operator ${why}.` }
      : { node, param: cause.param, hint: `${hint}, or ${cause.hint}.`, fixes: [cause.fix] },
  )
}
