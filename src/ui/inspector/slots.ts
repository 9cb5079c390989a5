import { type ComponentType, createContext, useContext } from 'react'
import { invariant } from '#engine/model/invariant.ts'
import type { CodeMark } from '#ui/inspector/fields/function-marks.ts'
import type { CodePlace } from '#ui/state/session-store.ts'

/** What the inspector asks of a code editor. */
export interface CodeSlotProps {
  readonly value: string
  readonly label: string
  readonly describedBy?: string | undefined
  readonly marks: readonly CodeMark[]
  readonly fields: readonly string[]
  readonly focusCount: number
  readonly focusAt?: CodePlace | undefined
  onChange(value: string): void
}

/** Parts of the inspector that other features make; the shell puts them in. */
export interface InspectorSlots {
  readonly CodeEditor: ComponentType<CodeSlotProps>
  /** The records of what is selected. */
  readonly DataPanel: ComponentType
}

export const SlotsContext = createContext<InspectorSlots | undefined>(undefined)

export function useSlots(): InspectorSlots {
  const slots = useContext(SlotsContext)
  invariant(slots, 'useSlots outside of Inspector')
  return slots
}
