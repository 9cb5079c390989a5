import { replacePipeline, setDescription, setGroups, setName, setSettings } from '#engine/model/edits/document-edits.ts'
import { addEdges, removeEdges } from '#engine/model/edits/edge-edits.ts'
import type { EditRule } from '#engine/model/edits/edit-rule.ts'
import { setDisabled, setNodeNote, setOperator, setParam } from '#engine/model/edits/node-content-edits.ts'
import { addNodes, moveNodes, removeNodes, renameNode } from '#engine/model/edits/node-edits.ts'
import { addNotes, removeNotes, replaceNote } from '#engine/model/edits/note-edits.ts'
import type { Applied, Compound, Edit, EditOf } from './edit.ts'
import { checkPipeline } from './parse-pipeline.ts'
import type { Pipeline } from './pipeline.ts'
import { err, ok, type Result } from './result.ts'

/** The document after an edit, and the edit that takes it back.
 *  Fails: edit/…, and every code of parsePipeline: what it gives can always be printed and read again; never throws
 *  Keeps: whatever did not change is the same object; an edit without effect gives the same pipeline back */
export function applyEdit(pipeline: Pipeline, edit: Edit): Result<Applied> {
  const applied = applyUnchecked(pipeline, edit)
  if (!applied.ok || applied.value.pipeline === pipeline || edit.kind === 'replacePipeline') return applied
  const problems = checkPipeline(applied.value.pipeline)
  return problems.length === 0 ? applied : err(problems)
}

/** What a history list calls an edit: "Move 3 nodes". */
export function labelOf(edit: Edit): string {
  return ruleOf(edit).label(edit)
}

/** One edit that does what `first` and then `second` do: a single one of their kind where there is one, else a compound. */
export function mergeEdits(first: Edit, second: Edit): Edit {
  const merged = first.kind === second.kind ? ruleOf(first).merge?.(first, second) : undefined
  if (merged !== undefined) return merged
  const parts = (edit: Edit) => (edit.kind === 'compound' ? edit.edits : [edit])
  return { kind: 'compound', label: labelOf(first), edits: [...parts(first), ...parts(second)] }
}

function applyUnchecked(pipeline: Pipeline, edit: Edit): Result<Applied> {
  return ruleOf(edit).apply(pipeline, edit)
}

const compound: EditRule<Compound> = {
  apply(pipeline, { label, edits }) {
    let after = pipeline
    const inverses: Edit[] = []
    for (const edit of edits) {
      const applied = applyUnchecked(after, edit)
      if (!applied.ok) return applied
      if (applied.value.pipeline === after) continue
      after = applied.value.pipeline
      inverses.push(applied.value.inverse)
    }
    return ok({ pipeline: after, inverse: { kind: 'compound', label, edits: inverses.reverse() } })
  },
  label: ({ label }) => label,
}

const rules: { readonly [K in Edit['kind']]: EditRule<EditOf<K>> } = {
  addNodes,
  removeNodes,
  moveNodes,
  renameNode,
  setOperator,
  setParam,
  setNodeNote,
  setDisabled,
  addEdges,
  removeEdges,
  addNotes,
  removeNotes,
  replaceNote,
  setGroups,
  setSettings,
  setName,
  setDescription,
  replacePipeline,
  compound,
}

function ruleOf(edit: Edit): EditRule<Edit> {
  // The table pairs each kind with its own rule, which the compiler cannot follow through a lookup.
  return rules[edit.kind] as EditRule<Edit>
}
