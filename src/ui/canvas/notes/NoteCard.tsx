import { GripHorizontal, Pencil, X } from 'lucide-react'
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react'
import { MAX_TEXT_LENGTH } from '#engine/model/limits.ts'
import type { Note, Point } from '#engine/model/pipeline.ts'
import { changeNote, removeNote } from '#ui/canvas/actions/annotate.ts'
import { useCanvasDesk, useCanvasView } from '#ui/canvas/canvas-desk.ts'
import { useWords } from '#ui/words/words.ts'
import styles from './NoteLayer.module.css'

/** Canvas units that an arrow key moves a note by. */
const STEP = 10
const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
}

/** A note: text that is written in place, and moved by its grip. */
export function NoteCard({ note }: { readonly note: Note }): ReactNode {
  const t = useWords()
  const desk = useCanvasDesk()
  const editing = useCanvasView((view) => view.renaming === note.id)
  const start = useRef<Point | undefined>(undefined)
  const [shift, setShift] = useState<Point>([0, 0])
  const [x, y] = [note.at[0] + shift[0], note.at[1] + shift[1]]

  const edit = () => desk.view.setState({ renaming: note.id })
  const shiftOf = (event: PointerEvent): Point => {
    const now = desk.toCanvas({ x: event.clientX, y: event.clientY })
    const [fromX, fromY] = start.current ?? now
    return [Math.round(now[0] - fromX), Math.round(now[1] - fromY)]
  }
  const drop = (event: PointerEvent) => {
    if (start.current === undefined) return
    const [dx, dy] = shiftOf(event)
    start.current = undefined
    setShift([0, 0])
    if (dx !== 0 || dy !== 0) changeNote(desk, note, { at: [note.at[0] + dx, note.at[1] + dy] })
  }
  const onGripKey = (event: KeyboardEvent) => {
    const arrow = ARROWS[event.key]
    if (arrow === undefined) return
    event.preventDefault()
    event.stopPropagation()
    changeNote(desk, note, { at: [note.at[0] + arrow[0], note.at[1] + arrow[1]] }, `note ${note.id}`)
  }

  return (
    <article
      className={`${styles.note} nopan nodrag`}
      aria-label={t('canvas.note')}
      style={{ transform: `translate(${x}px, ${y}px)`, width: note.size[0], minHeight: note.size[1] }}
      onDoubleClick={edit}
    >
      <div className={styles.tools}>
        <button
          type="button"
          className={styles.grip}
          aria-label={t('canvas.note.move')}
          title={t('canvas.note.move')}
          onKeyDown={onGripKey}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId)
            start.current = desk.toCanvas({ x: event.clientX, y: event.clientY })
          }}
          onPointerMove={(event) => start.current !== undefined && setShift(shiftOf(event))}
          onPointerUp={drop}
          onPointerCancel={drop}
        >
          <GripHorizontal size={14} aria-hidden />
        </button>
        <button type="button" aria-label={t('canvas.note.edit')} title={t('canvas.note.edit')} onClick={edit}>
          <Pencil size={13} aria-hidden />
        </button>
        <button
          type="button"
          aria-label={t('canvas.note.remove')}
          title={t('canvas.note.remove')}
          onClick={() => removeNote(desk, note.id)}
        >
          <X size={14} aria-hidden />
        </button>
      </div>
      {editing ? <NoteField note={note} /> : <p className={styles.text}>{note.text}</p>}
    </article>
  )
}

/** Leaving the field and Ctrl+Enter keep the text, Escape keeps the old one. */
function NoteField({ note }: { readonly note: Note }): ReactNode {
  const t = useWords()
  const desk = useCanvasDesk()
  const [text, setText] = useState(note.text)
  const done = useRef(false)
  const close = (keep: boolean, focus: boolean) => {
    if (done.current) return
    done.current = true
    desk.view.setState({ renaming: undefined })
    if (keep && text !== note.text) changeNote(desk, note, { text })
    if (focus) desk.focus()
  }
  return (
    <textarea
      // biome-ignore lint/a11y/noAutofocus: the person asked for this field
      autoFocus
      className={`${styles.field} nowheel`}
      aria-label={t('canvas.note.text')}
      maxLength={MAX_TEXT_LENGTH}
      rows={Math.max(3, text.split('\n').length)}
      value={text}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => close(true, false)}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Escape') close(false, true)
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) close(true, true)
      }}
    />
  )
}
