import { isDeepStrictEqual } from 'node:util'
import type { CheckpointStore } from '#engine/checkpoint/checkpoint-store.ts'
import type { StoredRun } from '#engine/checkpoint/entries.ts'
import type { Plan } from '#engine/compile/plan.ts'
import { type Diagnostic, problem } from '#engine/model/diagnostic.ts'
import { parsePipeline } from '#engine/model/parse-pipeline.ts'
import type { Pipeline } from '#engine/model/pipeline.ts'

/** Beside the engine's entries: the streams of the plan, because state is stored by stream number and --collect may add streams. */
const STREAMS_KEY = 'cli/streams'

/** Notes in a fresh store which streams its state will belong to. */
export async function noteStreams(store: CheckpointStore, plan: Plan): Promise<void> {
  await store.write({ put: new Map([[STREAMS_KEY, printStreams(plan)]]), remove: [] })
}

/** What keeps a run from going on from a checkpoint: it is of another document, of other collected nodes, or of another clock. */
export function findMisfit(
  options: { readonly checkpointDir: string; readonly clock: 'manual' | 'real' },
  run: { readonly pipeline: Pipeline; readonly plan: Plan },
  { metadata }: StoredRun,
  entries: ReadonlyMap<string, string>,
): Diagnostic | undefined {
  const misfit = (what: string, hint: string): Diagnostic =>
    problem('cli/other-checkpoint', `--checkpoint-dir: ${options.checkpointDir} holds a checkpoint ${what}.`, { hint })
  const stored = parsePipeline(metadata.pipeline)
  if (!stored.ok || !isSameProgram(stored.value, run.pipeline)) {
    return misfit(
      'of another document, or of other settings',
      'Give another directory, or delete this one to start afresh.',
    )
  }
  const storedClock = metadata.clock.kind === 'real' ? 'real' : 'manual'
  if (storedClock !== options.clock)
    return misfit(`of a run with --clock ${storedClock}`, `Add --clock ${storedClock}.`)
  if (entries.get(STREAMS_KEY) !== printStreams(run.plan)) {
    return misfit('of a run that collected other nodes', 'Give the same --collect as before.')
  }
  return undefined
}

/** Whether two documents run alike: where their nodes stand and what is written about them does not matter. */
function isSameProgram(a: Pipeline, b: Pipeline): boolean {
  return isDeepStrictEqual(programOf(a), programOf(b))
}

function programOf({ settings, nodes, edges }: Pipeline): unknown {
  return { settings, edges, nodes: nodes.map(({ id, op, params, disabled = false }) => ({ id, op, params, disabled })) }
}

function printStreams({ streams }: Plan): string {
  return JSON.stringify(streams.map(({ node, spec }) => [node, spec.kind]))
}
