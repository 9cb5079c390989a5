import { X } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import { MAX_TITLE_LENGTH } from '#engine/model/limits.ts'
import type { Group, Pipeline } from '#engine/model/pipeline.ts'
import { renameGroup, ungroup } from '#ui/canvas/actions/annotate.ts'
import { useCanvasDesk, useCanvasView } from '#ui/canvas/canvas-desk.ts'
import { boundsOf } from '#ui/canvas/layout/geometry.ts'
import { useDocument } from '#ui/services.ts'
import { useWords } from '#ui/words/words.ts'
import styles from './NoteLayer.module.css'

/** Room between a frame and its nodes; above them is the title. */
const PADDING = 14
const TITLE = 26

/** A titled frame behind the nodes of a group; it follows them when they are moved. */
export function GroupFrame({ group }: { readonly group: Group }): ReactNode {
  const t = useWords()
  const desk = useCanvasDesk()
  const renaming = useCanvasView((view) => view.renaming === group.id)
  // As text, so that the frame is drawn anew only when its place or size changes.
  const frame = useDocument((state) => frameOf(state.pipeline, group))
  if (frame === undefined) return null
  const [x, y, width, height] = frame.split(' ').map(Number)
  const { title } = group
  return (
    <section
      className={styles.group}
      aria-label={t('canvas.group', { title })}
      style={{ transform: `translate(${x}px, ${y}px)`, width, height }}
    >
      <div className={`${styles.groupHead} nopan nodrag`}>
        {renaming ? (
          <TitleField group={group} />
        ) : (
          <button
            type="button"
            className={styles.groupTitle}
            aria-label={t('canvas.group.rename', { title })}
            title={title}
            onClick={() => desk.view.setState({ renaming: group.id })}
          >
            {title}
          </button>
        )}
        <button
          type="button"
          className={styles.groupRemove}
          aria-label={t('canvas.group.remove', { title })}
          title={t('canvas.group.remove', { title })}
          onClick={() => ungroup(desk, group)}
        >
          <X size={13} aria-hidden />
        </button>
      </div>
    </section>
  )
}

function frameOf(pipeline: Pipeline, group: Group): string | undefined {
  const box = boundsOf(pipeline.nodes.filter((node) => group.nodes.includes(node.id)))
  if (box === undefined) return undefined
  return [box.x - PADDING, box.y - TITLE, box.width + 2 * PADDING, box.height + TITLE + PADDING].join(' ')
}

function TitleField({ group }: { readonly group: Group }): ReactNode {
  const t = useWords()
  const desk = useCanvasDesk()
  const [title, setTitle] = useState(group.title)
  const done = useRef(false)
  const close = (keep: boolean, focus: boolean) => {
    if (done.current) return
    done.current = true
    desk.view.setState({ renaming: undefined })
    if (keep && title.trim() !== '' && title !== group.title) renameGroup(desk, group, title.trim())
    if (focus) desk.focus()
  }
  return (
    <input
      // biome-ignore lint/a11y/noAutofocus: the person asked for this field
      autoFocus
      className={styles.titleField}
      aria-label={t('canvas.group.title')}
      maxLength={MAX_TITLE_LENGTH}
      value={title}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setTitle(event.target.value)}
      onBlur={() => close(true, false)}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Enter') close(true, true)
        if (event.key === 'Escape') close(false, true)
      }}
    />
  )
}
