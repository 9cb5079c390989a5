// What every command of the canvas works with.
import type { ReactFlowInstance } from '@xyflow/react'
import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import { whyNotConnect } from '#engine/compile/can-connect.ts'
import type { Edit } from '#engine/model/edit.ts'
import { invariant } from '#engine/model/invariant.ts'
import type { Pipeline, Point } from '#engine/model/pipeline.ts'
import { findOperator, operators } from '#engine/registry.ts'
import { present } from '#ui/canvas/actions/plan-change.ts'
import type { Rules } from '#ui/canvas/connect/candidates.ts'
import type { FigureBoard } from '#ui/canvas/figures/figure-board.ts'
import type { FigureSheet } from '#ui/canvas/figures/figure-sheet.ts'
import type { FlowEdge, FlowNode } from '#ui/canvas/flow/flow-adapter.ts'
import type { DocumentStore, EditOptions } from '#ui/state/document-store.ts'
import type { Selection, SessionStore } from '#ui/state/session-store.ts'
import { notify } from '#ui/theme/notify.ts'
import type { CanvasView, CanvasViewStore, Spot } from './canvas-view.ts'

/** The rules of this engine's operators. */
export const rules: Rules = { operators, findOperator, whyNot: whyNotConnect }

/** The stores and the drawing surface of one canvas. */
export class CanvasDesk {
  readonly document: DocumentStore
  readonly session: SessionStore
  readonly view: CanvasViewStore
  readonly figures: FigureBoard
  readonly sheet: FigureSheet
  readonly flow: ReactFlowInstance<FlowNode, FlowEdge>
  /** The canvas on the page; null before it is drawn and after it is gone. */
  readonly region: { readonly current: HTMLElement | null }

  constructor(parts: Pick<CanvasDesk, 'document' | 'session' | 'view' | 'figures' | 'sheet' | 'flow' | 'region'>) {
    this.document = parts.document
    this.session = parts.session
    this.view = parts.view
    this.figures = parts.figures
    this.sheet = parts.sheet
    this.flow = parts.flow
    this.region = parts.region
  }

  get pipeline(): Pipeline {
    return this.document.getState().pipeline
  }

  /** What is selected and still there. */
  get selection(): Selection {
    return present(this.pipeline, this.session.getState().selection)
  }

  /** The node that has the keyboard focus. */
  get focusedNode(): string | undefined {
    const focused = document.activeElement
    if (!(focused instanceof HTMLElement) || !this.region.current?.contains(focused)) return undefined
    return focused.closest<HTMLElement>('.react-flow__node')?.dataset.id
  }

  /** The nodes that a command is about: the selected ones, else the one in focus. */
  get targets(): readonly string[] {
    const { nodes } = this.selection
    const focused = this.focusedNode
    return nodes.length > 0 || focused === undefined ? nodes : [focused]
  }

  /** The one node that a command is about: the one in focus, else the only selected one. */
  get target(): string | undefined {
    const { nodes } = this.selection
    return this.focusedNode ?? (nodes.length === 1 ? nodes[0] : undefined)
  }

  /** Changes the document; says why when that is refused. */
  edit(edit: Edit, options?: EditOptions): boolean {
    const result = this.document.getState().edit(edit, options)
    if (result.ok) return true
    const [first] = result.error
    if (first !== undefined) {
      notify({ text: first.message, ...(first.hint === undefined ? {} : { more: first.hint }), kind: 'bad' })
    }
    return false
  }

  /** Reads `text` out. */
  say(text: string): void {
    this.view.setState(({ said }) => ({ said: { text, count: said.count + 1 } }))
  }

  /** Shows `text` near `spot` until the person does something else, and reads it out. */
  refuse(text: string, spot: Spot): void {
    this.view.setState({ hint: { text, spot } })
    this.say(text)
  }

  /** The middle of what the person sees, on the canvas. */
  get middle(): Point {
    const box = this.region.current?.getBoundingClientRect()
    if (box === undefined) return [0, 0]
    return this.toCanvas({ x: box.x + box.width / 2, y: box.y + box.height / 2 })
  }

  /** A place in the window as a place on the canvas. */
  toCanvas(spot: Spot): Point {
    const { x, y } = this.flow.screenToFlowPosition(spot)
    return [x, y]
  }

  /** Gives the keyboard focus to a node: at once, or when it is drawn. */
  focusNode(id: string): void {
    const find = () => this.region.current?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`)
    const node = find()
    if (node) node.focus({ preventScroll: true })
    else requestAnimationFrame(() => (find() ?? this.region.current)?.focus({ preventScroll: true }))
  }

  /** Gives the keyboard focus to the canvas itself. */
  focus(): void {
    this.region.current?.focus({ preventScroll: true })
  }
}

export const CanvasDeskContext = createContext<CanvasDesk | undefined>(undefined)

export function useCanvasDesk(): CanvasDesk {
  const desk = useContext(CanvasDeskContext)
  invariant(desk, 'useCanvasDesk outside of the canvas')
  return desk
}

/** Re-renders when what `select` takes from the canvas's own state changes. */
export function useCanvasView<T>(select: (state: CanvasView) => T): T {
  return useStore(useCanvasDesk().view, select)
}
