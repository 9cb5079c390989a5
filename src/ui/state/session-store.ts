import type { StoreApi } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { Diagnostic } from '#engine/model/diagnostic.ts'

/** What is marked on the canvas; edges by their position in the document's `edges`. */
export interface Selection {
  readonly nodes: readonly string[]
  readonly edges: readonly number[]
}

export const dockTabs = ['output', 'batches', 'problems', 'receivers', 'checkpoint', 'files'] as const
export type DockTab = (typeof dockTabs)[number]

export const inspectorTabs = ['settings', 'data', 'help'] as const
export type InspectorTab = (typeof inspectorTabs)[number]

export type ThemeChoice = 'system' | 'light' | 'dark'

/** Side panels; only below 1024 px does a person open and close them. */
export type Drawer = 'palette' | 'inspector'

/** How the next run measures time; `speed` also holds for the run that is on. */
export interface ClockChoice {
  readonly kind: 'virtual' | 'real'
  /** Virtual ms per wall ms, or every batch as soon as the one before is done. */
  readonly speed: number | 'max'
}

/** A stranger's pipeline: `asking` and `declined` may not run. */
export type Consent = 'given' | 'asking' | 'declined'

/** A document that could not be opened: its text as it came, so that nothing is lost. */
export interface Unreadable {
  readonly name: string
  readonly text: string
  readonly diagnostics: readonly Diagnostic[]
}

export type DialogName = 'faults' | 'gallery' | 'documents' | 'versions' | 'commands' | 'storage'

/** A place in a piece of code, from 1. */
export interface CodePlace {
  readonly line: number
  readonly column: number
}

/** A wish of one part of the screen that another one fulfils; `count` makes a repeated wish a new one. */
export interface Reveal {
  /** Absent: the shared code of the pipeline. */
  readonly node?: string
  readonly param?: string
  readonly at?: CodePlace
  readonly count: number
}

export interface SessionState {
  readonly selection: Selection
  readonly dockTab: DockTab
  readonly inspectorTab: InspectorTab
  readonly theme: ThemeChoice
  /** The batch that the whole screen shows, by its time; `live` follows the newest. */
  readonly shownBatchMs: number | 'live'
  /** The open drawer on narrow screens. */
  readonly drawer: Drawer | undefined
  readonly dialog: DialogName | undefined
  /** Canvas centres the node, inspector focuses the parameter or the shared code. */
  readonly reveal: Reveal | undefined
  readonly clock: ClockChoice
  readonly consent: Consent
  readonly unreadable: Unreadable | undefined
  select(selection: Partial<Selection>): void
  showDockTab(tab: DockTab): void
  showInspectorTab(tab: InspectorTab): void
  setTheme(theme: ThemeChoice): void
  showBatch(timeMs: number | 'live'): void
  openDrawer(drawer: Drawer | undefined): void
  openDialog(dialog: DialogName | undefined): void
  /** Selects the node and brings it (and the parameter) before the person's eyes. */
  revealNode(node: string, param?: string, at?: CodePlace): void
  /** Brings a place of the shared code before the person's eyes. */
  revealShared(at: CodePlace): void
  setClock(clock: Partial<ClockChoice>): void
  setConsent(consent: Consent): void
  showUnreadable(unreadable: Unreadable | undefined): void
  /** Another document is shown: whatever was selected or shown of the one before is forgotten. */
  forgetDocument(): void
}

export type SessionStore = StoreApi<SessionState>

const NOTHING: Selection = { nodes: [], edges: [] }

/** What belongs to this sitting: never saved with the document, never undone. */
export function createSessionStore(theme: ThemeChoice = 'system'): SessionStore {
  return createStore<SessionState>()((set) => ({
    selection: NOTHING,
    dockTab: 'output',
    inspectorTab: 'settings',
    theme,
    shownBatchMs: 'live',
    drawer: undefined,
    dialog: undefined,
    reveal: undefined,
    clock: { kind: 'virtual', speed: 1 },
    consent: 'given',
    unreadable: undefined,
    select: (selection) =>
      set(({ reveal }) => ({
        selection: { ...NOTHING, ...selection },
        // Whoever goes on to a node has seen the shared code: it takes the focus no more.
        reveal: reveal?.node === undefined && (selection.nodes?.length ?? 0) > 0 ? undefined : reveal,
      })),
    showDockTab: (dockTab) => set({ dockTab }),
    showInspectorTab: (inspectorTab) => set({ inspectorTab }),
    setTheme: (next) => set({ theme: next }),
    showBatch: (shownBatchMs) => set({ shownBatchMs }),
    openDrawer: (drawer) => set({ drawer }),
    openDialog: (dialog) => set({ dialog }),
    setClock: (clock) => set((state) => ({ clock: { ...state.clock, ...clock } })),
    setConsent: (consent) => set({ consent }),
    showUnreadable: (unreadable) => set({ unreadable }),
    forgetDocument: () => set({ selection: NOTHING, shownBatchMs: 'live', reveal: undefined, dialog: undefined }),
    revealShared: (at) =>
      set((state) => ({
        selection: NOTHING,
        inspectorTab: 'settings',
        reveal: { at, count: (state.reveal?.count ?? 0) + 1 },
      })),
    revealNode: (node, param, at) =>
      set((state) => ({
        selection: { nodes: [node], edges: [] },
        inspectorTab: param === undefined ? state.inspectorTab : 'settings',
        reveal: {
          node,
          ...(param === undefined ? {} : { param }),
          ...(at === undefined ? {} : { at }),
          count: (state.reveal?.count ?? 0) + 1,
        },
      })),
  }))
}
