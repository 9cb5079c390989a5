import { freshId } from '#engine/model/fresh-id.ts'
import type { Group, Note } from '#engine/model/pipeline.ts'
import type { CanvasDesk } from '#ui/canvas/canvas-desk.ts'
import { t } from '#ui/words/words.ts'

/** Size of a new note, in canvas units. */
const NOTE_SIZE = [220, 96] as const

/** Adds a note in the middle of what the person sees, ready to be written. */
export function addNote(desk: CanvasDesk): void {
  const [x, y] = desk.middle
  const [width, height] = NOTE_SIZE
  const id = freshId(desk.pipeline, 'note')
  const at = [Math.round(x - width / 2), Math.round(y - height / 2)] as const
  const note = { id, text: t('canvas.note.new'), at, size: NOTE_SIZE }
  if (desk.edit({ kind: 'addNotes', notes: [note] })) desk.view.setState({ renaming: id })
}

/** Changes a note; moves with the arrow keys in a row are one undo step. */
export function changeNote(desk: CanvasDesk, note: Note, change: Partial<Note>, coalesce?: string): void {
  desk.edit({ kind: 'replaceNote', note: { ...note, ...change } }, coalesce === undefined ? {} : { coalesce })
}

export function removeNote(desk: CanvasDesk, id: string): void {
  if (!desk.edit({ kind: 'removeNotes', ids: [id] })) return
  desk.say(t('canvas.said.deleted'))
  desk.focus()
}

/** Puts a frame around the selected nodes, ready to be named. */
export function groupSelected(desk: CanvasDesk): void {
  const { nodes } = desk.selection
  if (nodes.length === 0) return
  const id = freshId(desk.pipeline, 'group')
  const groups = [...desk.pipeline.groups, { id, title: t('canvas.group.new'), nodes }]
  const label = t('canvas.undo.group', { count: nodes.length })
  const done = desk.edit({ kind: 'compound', label, edits: [{ kind: 'setGroups', groups }] })
  if (done) desk.view.setState({ renaming: id })
}

export function renameGroup(desk: CanvasDesk, { id }: Group, title: string): void {
  const groups = desk.pipeline.groups.map((group) => (group.id === id ? { ...group, title } : group))
  const label = t('canvas.undo.groupTitle', { title })
  desk.edit({ kind: 'compound', label, edits: [{ kind: 'setGroups', groups }] })
}

/** Takes the frame away; the nodes stay. */
export function ungroup(desk: CanvasDesk, { id, title }: Group): void {
  const groups = desk.pipeline.groups.filter((group) => group.id !== id)
  const label = t('canvas.undo.ungroup', { title })
  if (desk.edit({ kind: 'compound', label, edits: [{ kind: 'setGroups', groups }] })) desk.focus()
}
