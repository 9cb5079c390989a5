import { lazy, type ReactNode, type RefObject, Suspense } from 'react'
import { Canvas, type CanvasHandle } from '#ui/canvas/Canvas.tsx'
import type { Desk } from '#ui/files/desk.ts'
import { GalleryShortList } from '#ui/gallery/GalleryShortList.tsx'
import { Palette } from '#ui/palette/Palette.tsx'
import { useServices, useSession } from '#ui/services.ts'
import type { DocumentStore } from '#ui/state/document-store.ts'
import { LatePart, useLatePart } from '#ui/theme/late-part.ts'
import { useWords } from '#ui/words/words.ts'
import type { DrawerPanelProps } from './DrawerPanel.tsx'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { Splitter } from './Splitter.tsx'
import { useNarrow } from './use-media.ts'
import styles from './Workspace.module.css'

// The canvas is drawn first; what stands around it comes while the engine starts.
const dock = import('./Dock.tsx')
const inspector = import('./InspectorPanel.tsx')
const Dock = lazy(async () => ({ default: (await dock).Dock }))
const InspectorPanel = lazy(async () => ({ default: (await inspector).InspectorPanel }))

const lateDrawer = new LatePart(async () => (await import('./DrawerPanel.tsx')).DrawerPanel)

const PALETTE = {
  id: 'palette',
  orientation: 'vertical',
  side: 'before',
  unit: 'px',
  initial: 216,
  min: 160,
  max: 360,
  room: 280,
} as const
const INSPECTOR = {
  id: 'inspector',
  orientation: 'vertical',
  side: 'after',
  unit: 'px',
  initial: 330,
  min: 260,
  max: 620,
  room: 280,
} as const
const DOCK = {
  id: 'dock',
  orientation: 'horizontal',
  side: 'after',
  unit: '%',
  initial: 40,
  min: 120,
  max: 75,
  room: 200,
} as const

export interface WorkspaceProps {
  readonly desk: Desk
  /** Filled by the canvas while it is on the page. */
  readonly canvas: RefObject<CanvasHandle | null>
}

/** Palette, canvas and inspector above the dock; every border can be moved by pointer and by arrow keys. */
export function Workspace({ desk, canvas }: WorkspaceProps): ReactNode {
  const t = useWords()
  const { document, session } = useServices()
  const narrow = useNarrow()
  const drawer = useSession((state) => state.drawer)
  const closeDrawer = (): void => session.getState().openDrawer(undefined)
  const palette = (
    <Fenced document={document} panel={t('shell.palette')}>
      <Palette onAdd={(operator) => canvas.current?.add(operator)}>
        <GalleryShortList onOpen={(piece) => void desk.openNew(piece.pipeline, 'gallery')} />
      </Palette>
    </Fenced>
  )
  const inspector = (
    <Fenced document={document} panel={t('shell.inspector')}>
      <InspectorPanel />
    </Fenced>
  )
  return (
    <>
      <div className={styles.rows}>
        <div className={styles.columns}>
          {!narrow && (
            <>
              <nav className={`${styles.panel} ${styles.palette}`} aria-label={t('shell.palette')}>
                {palette}
              </nav>
              <Splitter {...PALETTE} label={t('shell.resize.palette')} />
            </>
          )}
          <main className={`${styles.panel} ${styles.canvas}`} aria-label={t('shell.canvas')}>
            <Fenced document={document} panel={t('shell.canvas')}>
              <Canvas ref={canvas} />
            </Fenced>
          </main>
          {!narrow && (
            <>
              <Splitter {...INSPECTOR} label={t('shell.resize.inspector')} />
              <aside className={`${styles.panel} ${styles.inspector}`} aria-label={t('shell.inspector')}>
                {inspector}
              </aside>
            </>
          )}
        </div>
        <Splitter {...DOCK} label={t('shell.resize.dock')} />
        <section className={`${styles.panel} ${styles.dock}`} aria-label={t('shell.dock')}>
          <Fenced document={document} panel={t('shell.dock')}>
            <Dock />
          </Fenced>
        </section>
      </div>
      {narrow && (
        <>
          <LateDrawer side="left" open={drawer === 'palette'} title={t('shell.palette')} onClose={closeDrawer}>
            {palette}
          </LateDrawer>
          <LateDrawer side="right" open={drawer === 'inspector'} title={t('shell.inspector')} onClose={closeDrawer}>
            {inspector}
          </LateDrawer>
        </>
      )}
    </>
  )
}

function LateDrawer(props: DrawerPanelProps): ReactNode {
  const DrawerPanel = useLatePart(lateDrawer, props.open)
  return DrawerPanel && <DrawerPanel {...props} />
}

interface FencedProps {
  readonly document: DocumentStore
  readonly panel: string
  readonly children: ReactNode
}

/** A fault in one panel leaves the others at work. */
function Fenced({ document, panel, children }: FencedProps): ReactNode {
  return (
    <ErrorBoundary document={document} panel={panel}>
      <Suspense>{children}</Suspense>
    </ErrorBoundary>
  )
}
