import '@xyflow/react/dist/base.css'
import {
  Background,
  MiniMap,
  ReactFlow,
  type ReactFlowProps,
  ReactFlowProvider,
  SelectionMode,
  useReactFlow,
  useStore,
} from '@xyflow/react'
import {
  type KeyboardEvent,
  type MouseEvent,
  memo,
  type ReactNode,
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
} from 'react'
import { type CanvasAction, createCanvasActions } from '#ui/canvas/actions/canvas-actions.ts'
import {
  addBeside,
  bringIntoView,
  chooseOperator,
  FIT_VIEW,
  fitToScreen,
  openChooser,
} from '#ui/canvas/actions/commands.ts'
import { ConnectHint } from '#ui/canvas/connect/ConnectHint.tsx'
import { useConnecting } from '#ui/canvas/connect/use-connecting.ts'
import { CanvasEdge } from '#ui/canvas/edge/CanvasEdge.tsx'
import { FigureBoard } from '#ui/canvas/figures/figure-board.ts'
import { FigureSheet } from '#ui/canvas/figures/figure-sheet.ts'
import type { FlowEdge, FlowNode } from '#ui/canvas/flow/flow-adapter.ts'
import { CanvasNode } from '#ui/canvas/node/CanvasNode.tsx'
import { NoteLayer } from '#ui/canvas/notes/NoteLayer.tsx'
import { useDocument, useRun, useServices, useSession } from '#ui/services.ts'
import { Button } from '#ui/theme/Button.tsx'
import { EmptyState } from '#ui/theme/EmptyState.tsx'
import { LatePart, useLatePart } from '#ui/theme/late-part.ts'
import { useWords } from '#ui/words/words.ts'
import styles from './Canvas.module.css'
import { CanvasMenu } from './CanvasMenu.tsx'
import { CanvasToolbar } from './CanvasToolbar.tsx'
import { CanvasDesk, CanvasDeskContext, useCanvasView } from './canvas-desk.ts'
import { createCanvasView, FAR_ZOOM } from './canvas-view.ts'
import { useDropping } from './use-dropping.ts'
import { useFlow } from './use-flow.ts'
import { useClipboard, useShortcuts } from './use-keys.ts'

/** What the shell may ask of the canvas. */
export interface CanvasHandle {
  /** Adds an operator beside the selection, connected where that is legal. */
  add(operator: string): void
  /** For the command palette and the list of shortcuts. */
  readonly actions: readonly CanvasAction[]
}

const NODE_TYPES = { operator: CanvasNode }
const EDGE_TYPES = { stream: CanvasEdge }
/** From here on only what is in sight is drawn. */
const MANY_NODES = 300
/** With fewer nodes than this a map of them shows nothing new. */
const MAP_NODES = 12
const NO_KEY = null
const MARK_MORE = ['Shift', 'Meta', 'Control']

/** The pipeline as a graph that is edited by pointer or keyboard. */
export function Canvas({ ref }: { readonly ref?: Ref<CanvasHandle> | undefined }): ReactNode {
  return (
    <ReactFlowProvider>
      <WithDesk handle={ref} />
    </ReactFlowProvider>
  )
}

function WithDesk({ handle }: { readonly handle: Ref<CanvasHandle> | undefined }): ReactNode {
  const { document, session, run } = useServices()
  const flow = useReactFlow<FlowNode, FlowEdge>()
  const region = useRef<HTMLElement>(null)
  const view = useMemo(createCanvasView, [])
  const sheet = useMemo(() => new FigureSheet(), [])
  const figures = useMemo(() => new FigureBoard(run, session, sheet), [run, session, sheet])
  useEffect(() => figures.start(), [figures])
  const desk = useMemo(
    () => new CanvasDesk({ document, session, view, figures, sheet, flow, region }),
    [document, session, view, figures, sheet, flow],
  )
  const actions = useMemo(() => createCanvasActions(desk), [desk])
  useImperativeHandle(handle, () => ({ add: (operator) => addBeside(desk, operator), actions }), [desk, actions])
  return (
    <CanvasDeskContext value={desk}>
      <CanvasMenu actions={actions}>
        <Surface desk={desk} actions={actions} />
      </CanvasMenu>
      <LatePopovers />
      <ConnectHint />
      <Announcer />
    </CanvasDeskContext>
  )
}

const latePopovers = new LatePart(async () => (await import('./Popovers.tsx')).Popovers)

function LatePopovers(): ReactNode {
  const wanted = useCanvasView((view) => view.chooser !== undefined || view.peek !== undefined)
  const Popovers = useLatePart(latePopovers, wanted)
  return Popovers && <Popovers />
}

const lateFigures = new LatePart(async () => (await import('#ui/canvas/figures/FigureLayer.tsx')).FigureLayer)

/** Before the first batch there are no figures. */
function LateFigures(): ReactNode {
  const wanted = useRun((figures) => figures.newest !== undefined || figures.data.size > 0)
  const FigureLayer = useLatePart(lateFigures, wanted)
  return FigureLayer && <FigureLayer />
}

interface SurfaceProps {
  readonly desk: CanvasDesk
  readonly actions: readonly CanvasAction[]
}

/** Takes what the context menu's trigger adds to its child besides its own. */
function Surface({ desk, actions, ...trigger }: SurfaceProps): ReactNode {
  const t = useWords()
  const flow = useFlow(desk)
  const { handlers, connecting } = useConnecting(desk)
  const dropping = useDropping(desk)
  const onShortcut = useShortcuts(actions)
  const far = useStore((state) => state.transform[2] < FAR_ZOOM)
  useClipboard(desk)
  useFirstFit(desk)
  useWishes(desk)

  // The same functions each time: React Flow draws every node and edge anew for another one.
  const clicks = useMemo(() => clicksOn(desk), [desk])
  const onPaneDoubleClick = (event: MouseEvent) => {
    if (!(event.target instanceof Element) || !event.target.classList.contains('react-flow__pane')) return
    const spot = { x: event.clientX, y: event.clientY }
    openChooser(desk, { fit: { kind: 'anywhere' }, spot, middle: desk.toCanvas(spot), withNodes: false })
  }
  const onKeyDownCapture = (event: KeyboardEvent) => {
    forget(desk)
    // React Flow would let the focus go to nowhere; the action keeps it.
    if (event.key === 'Escape' && event.target instanceof Element && event.target.matches('.react-flow__node'))
      onShortcut(event)
  }

  return (
    <section
      {...trigger}
      ref={desk.region}
      className={`${styles.canvas} ${connecting ? 'connecting' : ''}`}
      data-far={far || undefined}
      aria-label={t('canvas.title')}
      // The keyboard's shortcuts need a place that has the focus when no node has.
      tabIndex={-1}
      onKeyDownCapture={onKeyDownCapture}
      onKeyDown={onShortcut}
      onPointerDownCapture={() => forget(desk)}
      onDoubleClick={onPaneDoubleClick}
      {...dropping}
    >
      <ReactFlow<FlowNode, FlowEdge>
        {...flow}
        {...handlers}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        {...clicks}
        nodesDraggable
        onlyRenderVisibleElements={flow.nodes.length > MANY_NODES}
        fitView
        fitViewOptions={FIT_VIEW}
        minZoom={0.15}
        maxZoom={2}
        deleteKeyCode={NO_KEY}
        multiSelectionKeyCode={MARK_MORE}
        selectionMode={SelectionMode.Partial}
        zoomOnDoubleClick={false}
        connectionRadius={24}
        edgesReconnectable={false}
        nodeDragThreshold={3}
        attributionPosition="top-right"
      >
        <LateFigures />
        <NoteLayer />
        <Background gap={24} size={1.5} />
        {flow.nodes.length >= MAP_NODES && <Overview desk={desk} />}
        <CanvasToolbar actions={actions} />
      </ReactFlow>
      {flow.nodes.length === 0 && (
        <div className={styles.empty}>
          <EmptyState title={t('canvas.empty.title')} text={t('canvas.empty.text')}>
            <Button look="outline" onClick={() => chooseOperator(desk)}>
              {t('canvas.empty.add')}
            </Button>
          </EmptyState>
        </div>
      )}
    </section>
  )
}

function clicksOn(desk: CanvasDesk): Pick<ReactFlowProps<FlowNode, FlowEdge>, ClickHandler> {
  return {
    onPaneClick: () => desk.focus(),
    onNodeContextMenu: (_event, node) => {
      if (!desk.selection.nodes.includes(node.id)) desk.session.getState().select({ nodes: [node.id] })
    },
    onEdgeContextMenu: (_event, edge) => {
      if (edge.data !== undefined) desk.session.getState().select({ edges: [edge.data.position] })
    },
  }
}

type ClickHandler = 'onPaneClick' | 'onNodeContextMenu' | 'onEdgeContextMenu'

const MAP_SIZE = { width: 150, height: 96 }

const Overview = memo(function Overview({ desk }: { readonly desk: CanvasDesk }): ReactNode {
  const colour = useCallback(
    (node: FlowNode) => {
      const category = desk.document.getState().checked.nodes.get(node.id)?.operator?.category
      return category === undefined ? 'var(--border-strong)' : `var(--category-${category})`
    },
    [desk],
  )
  return (
    <MiniMap<FlowNode>
      className={styles.minimap ?? ''}
      style={MAP_SIZE}
      nodeColor={colour}
      nodeBorderRadius={6}
      pannable
      zoomable
    />
  )
})

/** React Flow measures itself before the panels around it have found their sizes, and fits the pipeline into that. */
function useFirstFit(desk: CanvasDesk): void {
  const height = useStore((state) => state.height)
  const done = useRef(false)
  useEffect(() => {
    if (done.current || height !== desk.region.current?.clientHeight) return
    done.current = true
    fitToScreen(desk)
  }, [desk, height])
}

/** What the rest of the screen wishes of the canvas: a node in sight, another document as a whole. */
function useWishes(desk: CanvasDesk): void {
  const reveal = useSession((state) => state.reveal)
  const id = useDocument((state) => state.id)
  const drawn = useRef(id)
  useEffect(() => {
    if (reveal?.node !== undefined) bringIntoView(desk, reveal.node)
  }, [desk, reveal])
  useEffect(() => {
    if (drawn.current === id) return
    drawn.current = id
    requestAnimationFrame(() => fitToScreen(desk))
  }, [desk, id])
}

/** A refusal and a glance stay until the person does something else. */
function forget(desk: CanvasDesk): void {
  const { hint, peek } = desk.view.getState()
  if (hint !== undefined || peek !== undefined) desk.view.setState({ hint: undefined, peek: undefined })
}

/** Reads out what was done and what was refused. */
function Announcer(): ReactNode {
  const { text, count } = useCanvasView((view) => view.said)
  // A new element makes the same text news again.
  return (
    <div className="visually-hidden" aria-live="polite">
      <span key={count}>{text}</span>
    </div>
  )
}
