import { applyEdit, labelOf, mergeEdits } from './apply-edit.ts'
import type { Edit } from './edit.ts'
import { invariant } from './invariant.ts'
import type { Pipeline } from './pipeline.ts'
import { ok, type Result } from './result.ts'

/** Steps that can be undone; older ones are forgotten. */
export const MAX_STEPS = 500

/** One step of undo and redo. */
export interface Step {
  readonly label: string
  readonly edit: Edit
  readonly inverse: Edit
  /** Equal keys of consecutive steps make them one, such as the keystrokes in one field or the moves of one drag. */
  readonly key?: string
}

/** A document and the way back and forth; the UI's store holds one. */
export interface History {
  readonly pipeline: Pipeline
  /** Steps to undo, the latest last. */
  readonly done: readonly Step[]
  /** Steps to redo, the next one last. */
  readonly undone: readonly Step[]
}

/** How an edit enters the history. */
export interface CommitOptions {
  /** Instead of labelOf(edit). */
  readonly label?: string
  /** See Step. */
  readonly key?: string
}

/** A document without a past. */
export function startHistory(pipeline: Pipeline): History {
  return { pipeline, done: [], undone: [] }
}

/** Applies an edit as a step, or as part of the latest step when both have the same key.
 *  Fails: as applyEdit
 *  Keeps: MAX_STEPS steps; what was undone before is forgotten; an edit without effect leaves the history as it is */
export function commitEdit(history: History, edit: Edit, options: CommitOptions = {}): Result<History> {
  const applied = applyEdit(history.pipeline, edit)
  if (!applied.ok) return applied
  const { pipeline, inverse } = applied.value
  if (pipeline === history.pipeline) return ok(history)

  const latest = history.done.at(-1)
  if (latest !== undefined && options.key !== undefined && latest.key === options.key && history.undone.length === 0) {
    const step: Step = {
      ...latest,
      edit: mergeEdits(latest.edit, edit),
      inverse: mergeEdits(inverse, latest.inverse),
    }
    return ok({ pipeline, done: [...history.done.slice(0, -1), step], undone: [] })
  }
  const { label = labelOf(edit), key } = options
  const step: Step = key === undefined ? { label, edit, inverse } : { label, edit, inverse, key }
  return ok({ pipeline, done: [...history.done, step].slice(-MAX_STEPS), undone: [] })
}

/** Ends the latest step: the next edit starts a new one whatever its key, as after a pause or when a field loses focus. */
export function sealHistory(history: History): History {
  const latest = history.done.at(-1)
  if (latest?.key === undefined) return history
  return { ...history, done: [...history.done.slice(0, -1), sealed(latest)] }
}

/** The history one step earlier; undefined at its beginning. */
export function undo(history: History): History | undefined {
  const step = history.done.at(-1)
  if (step === undefined) return undefined
  const pipeline = applyKnown(history.pipeline, step.inverse)
  return { pipeline, done: history.done.slice(0, -1), undone: [...history.undone, sealed(step)] }
}

/** The history one step later; undefined at its end. */
export function redo(history: History): History | undefined {
  const step = history.undone.at(-1)
  if (step === undefined) return undefined
  const pipeline = applyKnown(history.pipeline, step.edit)
  return { pipeline, done: [...history.done, step], undone: history.undone.slice(0, -1) }
}

function sealed({ key: _ended, ...step }: Step): Step {
  return step
}

function applyKnown(pipeline: Pipeline, edit: Edit): Pipeline {
  const applied = applyEdit(pipeline, edit)
  invariant(applied.ok, 'what was done once can be undone and done again')
  return applied.value.pipeline
}
