import '#ui/theme/tokens.css'
import '#ui/theme/base.css'
import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { parsePipelineText } from '#engine/model/parse-pipeline.ts'
import { printPipeline } from '#engine/model/print-pipeline.ts'
import { fetchReader } from '#engine/operator/parse-function.ts'
import { consentHash, needsConsent } from '#ui/consent/consent-hash.ts'
import { EngineClient } from '#ui/engine/engine-client.ts'
import type { EngineSurroundings } from '#ui/engine/engine-surroundings.ts'
import { lateStarter } from '#ui/engine/late-starter.ts'
import type { Neighbours } from '#ui/engine/neighbours.ts'
import type { RunMemory } from '#ui/engine/run-memory.ts'
import { Autosave } from '#ui/files/autosave.ts'
import { Desk } from '#ui/files/desk.ts'
import { openIndexedLibrary } from '#ui/files/indexed-library.ts'
import type { Library } from '#ui/files/library.ts'
import { createMemoryLibrary } from '#ui/files/memory-library.ts'
import { firstPiece } from '#ui/gallery/gallery.ts'
import type { Services } from '#ui/services.ts'
import { createDocumentStore } from '#ui/state/document-store.ts'
import { createRunStore } from '#ui/state/run-store.ts'
import { createSessionStore } from '#ui/state/session-store.ts'
import { keepWhenWorth } from '#ui/storage/keep-when-worth.ts'
import { Seats } from '#ui/tabs/seats.ts'
import { notify } from '#ui/theme/notify.ts'
import { t } from '#ui/words/words.ts'
import { App } from './App.tsx'
import { startPage } from './start-page.ts'
import { followTheme, readTheme } from './theme.ts'

/** Driver and executors, which the page's entry knows how to start. */
export type Engine = Pick<EngineSurroundings, 'openDriver' | 'openExecutors'>

async function openLibrary(): Promise<Library> {
  try {
    return await openIndexedLibrary()
  } catch {
    notify({ text: t('files.notKept'), more: t('files.notKeptMore'), kind: 'bad' })
    return createMemoryLibrary()
  }
}

function rememberRuns(library: Library): RunMemory {
  return {
    save: async (id, running) => {
      await library.saveRunning(id, running === undefined ? undefined : printPipeline(running)).catch(() => {})
    },
    find: async (id) => {
      const text = await library.findRunning(id).catch(() => undefined)
      const parsed = text === undefined ? undefined : parsePipelineText(text)
      return parsed?.ok === true ? parsed.value : undefined
    },
  }
}

/** Puts the page together: stores, storage, engine and screen. */
export async function openPage({ openDriver, openExecutors }: Engine): Promise<void> {
  const session = createSessionStore(readTheme())
  followTheme(session)
  const document = createDocumentStore({ id: 'none', pipeline: firstPiece().pipeline, origin: 'gallery' })
  const run = createRunStore()
  const library = await openLibrary()
  const machineCores = navigator.hardwareConcurrency
  const memory = rememberRuns(library)
  // They know each other: the client tells what it hears, the seats say whose run it is.
  const neighbours: Neighbours = { heard: (event) => seats.heard(event), fenced: () => seats.fenced() }
  const around = { document, session, run, memory, neighbours }
  const client = new EngineClient({ ...around, openDriver, openExecutors, machineCores })
  client.prepare()
  const autosave = new Autosave(library, document, (error) => {
    notify({ text: t('files.saveFailed'), more: t('files.saveFailedMore', { reason: String(error) }), kind: 'bad' })
  })
  autosave.start()
  const seats: Seats = new Seats({
    document,
    session,
    run,
    client,
    saveEdits: () => autosave.flush(),
    keepEdits: () => autosave.keepAside(),
    openOwned: (options) => desk.takeOver(options),
  })
  const desk: Desk = new Desk({
    document,
    session,
    client,
    library,
    autosave,
    seats,
    notify,
    consentOf: async (pipeline) => {
      // What is code and what cannot be read has to be known first.
      const isRead = await fetchReader().then(
        () => true,
        () => false,
      )
      if (!isRead) return 'asking'
      if (!needsConsent(pipeline)) return 'given'
      const hash = await consentHash(pipeline)
      return hash !== undefined && (await library.hasConsent(hash)) ? 'given' : 'asking'
    },
  })
  const agree = async (): Promise<void> => {
    const { pipeline, adopt } = document.getState()
    adopt()
    const hash = await consentHash(pipeline)
    if (hash !== undefined) await library.saveConsent(hash, Date.now())
  }
  watchPage(autosave, seats)
  keepWhenWorth(run)
  // The page is drawn with the document that it opens with: none flashes by before it.
  const opened = new Promise<void>((resolve) => {
    const stop = document.subscribe(() => {
      stop()
      resolve()
    })
  })
  const started = startPage(desk, library)
  await Promise.race([opened, started])
  const services: Services = { document, session, run, client, starter: lateStarter({ client, document, run }) }
  const root = window.document.getElementById('root')
  if (root === null) throw new Error('index.html has no root')
  createRoot(root).render(createElement(App, { services, desk, library, autosave, seats, onAgree: () => void agree() }))
  // The parser is large, and the driver reads whatever runs with its own.
  void fetchReader().then(() => document.getState().checkAgain())
  await started
}

/** Saves when the page goes, and tells of faults that nothing else caught. */
function watchPage(autosave: Autosave, seats: Seats): void {
  window.addEventListener('pagehide', () => {
    autosave.flushAtEnd()
    seats.part()
  })
  // Frozen tabs may be thrown away without a word.
  window.document.addEventListener('freeze', () => autosave.flushAtEnd())
  // Back from the browser's memory, where locks and channels were not kept: as after a reload, it goes on where it was.
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) window.location.reload()
  })
  window.document.addEventListener('visibilitychange', () => {
    if (window.document.visibilityState === 'hidden') void autosave.flush()
  })
  const tell = (reason: unknown): void => {
    notify({
      text: t('shell.faultNotice'),
      more: reason instanceof Error ? reason.message : String(reason),
      kind: 'bad',
    })
  }
  window.addEventListener('unhandledrejection', (event) => tell(event.reason))
  window.addEventListener('error', (event) => {
    // The browser's way to say that sizes are measured again in the next frame.
    if (!event.message.startsWith('ResizeObserver loop')) tell(event.error ?? event.message)
  })
}
