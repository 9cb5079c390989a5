import { cloneElement, type ReactElement } from 'react'

export type HintSide = 'right' | 'bottom'

export interface HintProps {
  readonly text: string
  readonly shortcut?: string | undefined
  readonly side?: HintSide
  /** One element that passes data attributes on. */
  readonly children: ReactElement<object>
}

/** A few words beside a control, on hover and on keyboard focus. Drawn by the page's one `HintBubble`, so that it costs a
 *  control nothing. */
export function Hint({ text, shortcut, side = 'bottom', children }: HintProps): ReactElement {
  const hint = { 'data-hint': text, 'data-hint-shortcut': shortcut, 'data-hint-side': side }
  return cloneElement(children, hint)
}
