import { type ReactNode, useEffect, useRef, useSyncExternalStore } from 'react'
import type { CanvasHandle } from '#ui/canvas/Canvas.tsx'
import { ConsentBanner } from '#ui/consent/ConsentBanner.tsx'
import type { Autosave } from '#ui/files/autosave.ts'
import type { Desk } from '#ui/files/desk.ts'
import type { Library } from '#ui/files/library.ts'
import { LateResume } from '#ui/resume/LateResume.tsx'
import { RunBanners } from '#ui/run/RunBanners.tsx'
import { type Services, ServicesContext, useDocument, useSession } from '#ui/services.ts'
import { LateTroubleBanner } from '#ui/storage/LateStorage.tsx'
import { LateTabBanner } from '#ui/tabs/LateTabBanner.tsx'
import type { Seats } from '#ui/tabs/seats.ts'
import { HintBubble } from '#ui/theme/HintBubble.tsx'
import { LatePart, useLatePart } from '#ui/theme/late-part.ts'
import { noticesWait } from '#ui/theme/notify.ts'
import { useWords } from '#ui/words/words.ts'
import styles from './App.module.css'
import type { DialogsProps } from './Dialogs.tsx'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { TopBar } from './TopBar.tsx'
import { shownTheme } from './theme.ts'
import { useMedia } from './use-media.ts'
import { useShortcuts } from './use-shortcuts.ts'
import { Workspace } from './Workspace.tsx'

export interface AppProps {
  readonly services: Services
  readonly desk: Desk
  readonly library: Library
  readonly autosave: Autosave
  readonly seats: Seats
  /** Remembers that a person agreed to run the document's code. */
  readonly onAgree: () => void
}

/** The whole page. */
export function App(props: AppProps): ReactNode {
  const { services } = props
  return (
    <ServicesContext value={services}>
      <ErrorBoundary document={services.document}>
        <Page {...props} />
        <HintBubble />
      </ErrorBoundary>
    </ServicesContext>
  )
}

function Page({ desk, library, autosave, seats, onAgree }: AppProps): ReactNode {
  const t = useWords()
  const canvas = useRef<CanvasHandle>(null)
  useShortcuts(autosave)
  const choice = useSession((state) => state.theme)
  const theme = shownTheme(choice, useMedia('(prefers-color-scheme: dark)'))
  const name = useDocument((state) => state.pipeline.name)
  useEffect(() => {
    document.title = t('shell.pageTitle', { name })
  }, [name, t])
  return (
    <div className={styles.app}>
      <TopBar desk={desk} />
      <LateTabBanner seats={seats} onCopy={() => void desk.openCopy()} />
      <LateTroubleBanner />
      <RunBanners />
      <LateResume />
      <ConsentBanner />
      <div className={styles.work}>
        <Workspace desk={desk} canvas={canvas} />
      </div>
      <LateDialogs desk={desk} library={library} seats={seats} canvas={canvas} onAgree={onAgree} />
      <LateNotices theme={theme} />
    </div>
  )
}

/** Dialogs are needed when one opens, notices when there is something to say. */
const lateDialogs = new LatePart(async () => (await import('./Dialogs.tsx')).Dialogs)
const lateNotices = new LatePart(async () => (await import('#ui/theme/Notices.tsx')).Notices)

function LateDialogs(props: DialogsProps): ReactNode {
  const wanted = useSession(
    (state) => state.dialog !== undefined || state.consent === 'asking' || state.unreadable !== undefined,
  )
  const Dialogs = useLatePart(lateDialogs, wanted)
  return Dialogs && <Dialogs {...props} />
}

function LateNotices({ theme }: { readonly theme: 'light' | 'dark' }): ReactNode {
  const Notices = useLatePart(lateNotices, useSyncExternalStore(noticesWait.subscribe, noticesWait.get))
  return Notices && <Notices theme={theme} />
}
