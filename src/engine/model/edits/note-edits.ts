import { problem } from '#engine/model/diagnostic.ts'
import { noteSchema } from '#engine/model/document/document-schema.ts'
import type { AddNotes, RemoveNotes, ReplaceNote } from '#engine/model/edit.ts'
import { err, ok } from '#engine/model/result.ts'
import { count, type EditRule, missing, parsePart, parseParts } from './edit-rule.ts'
import { insertAt, positionsFor, positionsWhere, removeAt, replaceAt } from './positions.ts'

/** Fails: edit/taken, edit/bad-position. */
export const addNotes: EditRule<AddNotes> = {
  apply(pipeline, edit) {
    const notes = parseParts(noteSchema, edit.notes, 'notes')
    if (!notes.ok) return notes
    const positions = positionsFor(pipeline.notes.length, notes.value.length, edit.positions)
    if (!positions.ok) return positions
    const ids = notes.value.map((note) => note.id)
    const taken = new Set(pipeline.notes.map((note) => note.id))
    for (const id of ids) {
      if (taken.has(id)) return err([problem('edit/taken', `There is a note called ${id} already.`)])
      taken.add(id)
    }
    const after = { ...pipeline, notes: insertAt(pipeline.notes, notes.value, positions.value) }
    return ok({ pipeline: ids.length === 0 ? pipeline : after, inverse: { kind: 'removeNotes', ids } })
  },
  label: ({ notes }) => `Add ${count(notes.length, 'note')}`,
}

/** Fails: edit/not-there. */
export const removeNotes: EditRule<RemoveNotes> = {
  apply(pipeline, { ids }) {
    const gone = new Set(ids)
    const known = new Set(pipeline.notes.map((note) => note.id))
    for (const id of gone) if (!known.has(id)) return missing('note', id)
    const positions = positionsWhere(pipeline.notes, (note) => gone.has(note.id))
    const notes = positions.flatMap((i) => pipeline.notes[i] ?? [])
    return ok({
      pipeline: gone.size === 0 ? pipeline : { ...pipeline, notes: removeAt(pipeline.notes, positions) },
      inverse: { kind: 'addNotes', notes, positions },
    })
  },
  label: ({ ids }) => `Remove ${count(ids.length, 'note')}`,
}

/** Fails: edit/not-there. */
export const replaceNote: EditRule<ReplaceNote> = {
  apply(pipeline, { note }) {
    const i = pipeline.notes.findIndex(({ id }) => id === note.id)
    const before = pipeline.notes[i]
    if (before === undefined) return missing('note', note.id)
    const after = parsePart(noteSchema, note, ['notes', i])
    if (!after.ok) return after
    return ok({
      pipeline: { ...pipeline, notes: replaceAt(pipeline.notes, i, after.value) },
      inverse: { kind: 'replaceNote', note: before },
    })
  },
  label: () => 'Change a note',
  merge: (first, second) => (first.note.id === second.note.id ? second : undefined),
}
