import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Point } from '#engine/model/pipeline.ts'
import type { Fit } from '#ui/canvas/connect/candidates.ts'

/** Below this zoom the small print cannot be read and is left out. */
export const FAR_ZOOM = 0.4

/** A place in the window, in CSS pixels. */
export interface Spot {
  readonly x: number
  readonly y: number
}

/** The open list of what may be connected or added. */
export interface Chooser {
  readonly fit: Fit
  /** Where the list opens. */
  readonly spot: Spot
  /** Where the middle of a new node stands; undefined: beside the selection. */
  readonly middle: Point | undefined
  /** Nodes that are there are offered as well. */
  readonly withNodes: boolean
}

/** Why something was refused, near the pointer. */
export interface Hint {
  readonly text: string
  readonly spot: Spot
}

/** A glance at the records of a node's stream, beside the control at `beside`. */
export interface Peek {
  readonly node: string
  readonly beside: Element
}

/** What of the canvas lives only while it is on the screen. */
export interface CanvasView {
  /** The node, note or group whose name or text is being changed. */
  readonly renaming: string | undefined
  readonly chooser: Chooser | undefined
  readonly hint: Hint | undefined
  readonly peek: Peek | undefined
  /** The edge that what is dragged would be put into, by position. */
  readonly dropEdge: number | undefined
  /** Read out by assistive technology; `count` makes the same text news again. */
  readonly said: { readonly text: string; readonly count: number }
}

export type CanvasViewStore = StoreApi<CanvasView>

export function createCanvasView(): CanvasViewStore {
  return createStore<CanvasView>()(() => ({
    renaming: undefined,
    chooser: undefined,
    hint: undefined,
    peek: undefined,
    dropEdge: undefined,
    said: { text: '', count: 0 },
  }))
}
