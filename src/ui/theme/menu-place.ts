import type { Box } from './hint-place.ts'

export type { Box }

interface Size {
  readonly width: number
  readonly height: number
}

/** CSS px between a button and its menu, and between a menu and the window's edge. */
const GAP = 4
const MARGIN = 8

/** The upper left corner of a menu: below what it hangs from, above where only there is room, and inside the window. */
export function placeMenu(at: Box, menu: Size, align: 'start' | 'end', window: Size): { left: number; top: number } {
  const gap = at.height === 0 ? 0 : GAP
  const below = at.top + at.height + gap
  const above = at.top - gap - menu.height
  const left = align === 'start' ? at.left : at.left + at.width - menu.width
  return {
    left: Math.max(MARGIN, Math.min(left, window.width - MARGIN - menu.width)),
    top:
      below + menu.height > window.height - MARGIN && above >= MARGIN
        ? above
        : Math.max(MARGIN, Math.min(below, window.height - MARGIN - menu.height)),
  }
}
