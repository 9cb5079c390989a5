import type { ReactNode } from 'react'
import { hatchOf } from './look.ts'

export interface HatchingProps {
  /** Unique on the page for each picture. */
  readonly id: string
  readonly slot: number
}

/** The pattern that `hatchFill` names. */
export function Hatching({ id, slot }: HatchingProps): ReactNode {
  return (
    <defs>
      <pattern id={`${id}${slot}`} width={6} height={6} patternUnits="userSpaceOnUse">
        <path d={hatchOf(slot)} stroke="var(--surface)" strokeWidth={1} opacity={0.75} />
      </pattern>
    </defs>
  )
}
