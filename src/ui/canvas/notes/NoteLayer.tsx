import { ViewportPortal } from '@xyflow/react'
import { memo, type ReactNode } from 'react'
import { useDocument } from '#ui/services.ts'
import { GroupFrame } from './GroupFrame.tsx'
import { NoteCard } from './NoteCard.tsx'

/** What people write about a pipeline: notes, and titled frames behind nodes. */
export const NoteLayer = memo(function NoteLayer(): ReactNode {
  const notes = useDocument((state) => state.pipeline.notes)
  const groups = useDocument((state) => state.pipeline.groups)
  return (
    <ViewportPortal>
      {groups.map((group) => (
        <GroupFrame key={group.id} group={group} />
      ))}
      {notes.map((note) => (
        <NoteCard key={note.id} note={note} />
      ))}
    </ViewportPortal>
  )
})
