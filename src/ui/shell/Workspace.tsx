import { lazy, type ReactNode, type RefObject, Suspense } from 'react'
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels'
import { Canvas, type CanvasHandle } from '#ui/canvas/Canvas.tsx'
import type { Desk } from '#ui/files/desk.ts'
import { GalleryShortList } from '#ui/gallery/GalleryShortList.tsx'
import { Palette } from '#ui/palette/Palette.tsx'
import { useServices, useSession } from '#ui/services.ts'
import type { DocumentStore } from '#ui/state/document-store.ts'
import { preferences } from '#ui/state/preferences.ts'
import { useWords } from '#ui/words/words.ts'
import { DrawerPanel } from './DrawerPanel.tsx'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { useNarrow } from './use-media.ts'
import styles from './Workspace.module.css'

// The canvas is drawn first; what stands around it comes while the engine starts.
const dock = import('./Dock.tsx')
const inspector = import('./InspectorPanel.tsx')
const Dock = lazy(async () => ({ default: (await dock).Dock }))
const InspectorPanel = lazy(async () => ({ default: (await inspector).InspectorPanel }))

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
  const rows = useDefaultLayout({ id: 'rows', storage: preferences })
  const columns = useDefaultLayout({ id: narrow ? 'column' : 'columns', storage: preferences })
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
      <Group {...rows} orientation="vertical" className={styles.rows}>
        <Panel id="work" minSize={200}>
          <Group {...columns} key={narrow ? 'narrow' : 'wide'} orientation="horizontal" className={styles.columns}>
            {!narrow && (
              <>
                <Panel
                  id="palette"
                  defaultSize={216}
                  minSize={160}
                  maxSize={360}
                  groupResizeBehavior="preserve-pixel-size"
                >
                  <nav className={styles.panel} aria-label={t('shell.palette')}>
                    {palette}
                  </nav>
                </Panel>
                <Separator className={styles.separator} aria-label={t('shell.resize.palette')} />
              </>
            )}
            <Panel id="canvas" minSize={280}>
              <main className={`${styles.panel} ${styles.canvas}`} aria-label={t('shell.canvas')}>
                <Fenced document={document} panel={t('shell.canvas')}>
                  <Canvas ref={canvas} />
                </Fenced>
              </main>
            </Panel>
            {!narrow && (
              <>
                <Separator className={styles.separator} aria-label={t('shell.resize.inspector')} />
                <Panel
                  id="inspector"
                  defaultSize={330}
                  minSize={260}
                  maxSize={620}
                  groupResizeBehavior="preserve-pixel-size"
                >
                  <aside className={styles.panel} aria-label={t('shell.inspector')}>
                    {inspector}
                  </aside>
                </Panel>
              </>
            )}
          </Group>
        </Panel>
        <Separator className={styles.separator} aria-label={t('shell.resize.dock')} />
        <Panel id="dock" defaultSize="40" minSize={120} maxSize="75">
          <section className={styles.panel} aria-label={t('shell.dock')}>
            <Fenced document={document} panel={t('shell.dock')}>
              <Dock />
            </Fenced>
          </section>
        </Panel>
      </Group>
      {narrow && (
        <>
          <DrawerPanel side="left" open={drawer === 'palette'} title={t('shell.palette')} onClose={closeDrawer}>
            {palette}
          </DrawerPanel>
          <DrawerPanel side="right" open={drawer === 'inspector'} title={t('shell.inspector')} onClose={closeDrawer}>
            {inspector}
          </DrawerPanel>
        </>
      )}
    </>
  )
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
