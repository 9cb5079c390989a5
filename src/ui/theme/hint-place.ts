import type { HintSide } from './Hint.tsx'

export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

interface Size {
  readonly width: number
  readonly height: number
}

/** CSS px between control and hint, and between hint and the window's edge. */
const GAP = 6
const MARGIN = 8

/** The upper left corner of a hint: on the wished side of the control, else on the other one, and inside the window. */
export function placeHint(control: Box, hint: Size, side: HintSide, window: Size): { left: number; top: number } {
  const inside = (wished: number, size: number, room: number): number =>
    Math.max(MARGIN, Math.min(wished, room - MARGIN - size))
  const beside = (start: number, length: number, size: number, room: number): number => {
    const after = start + length + GAP
    const before = start - GAP - size
    return after + size > room - MARGIN && before >= MARGIN ? before : after
  }
  const middle = (start: number, length: number, size: number): number => start + (length - size) / 2
  const left =
    side === 'right'
      ? beside(control.left, control.width, hint.width, window.width)
      : middle(control.left, control.width, hint.width)
  const top =
    side === 'bottom'
      ? beside(control.top, control.height, hint.height, window.height)
      : middle(control.top, control.height, hint.height)
  return { left: inside(left, hint.width, window.width), top: inside(top, hint.height, window.height) }
}
