import { operators } from '#engine/registry.ts'
import type { CanvasHandle } from '#ui/canvas/Canvas.tsx'
import { listFaultCommands } from '#ui/faults/fault-commands.ts'
import type { Desk } from '#ui/files/desk.ts'
import { saveWithRun } from '#ui/files/save-with-run.ts'
import { galleryPieces } from '#ui/gallery/gallery.ts'
import { type RunCommand, type Situation, whyNot } from '#ui/run/run-commands.ts'
import type { Services } from '#ui/services.ts'
import { isBusy } from '#ui/state/run-phase.ts'
import { dockTabs } from '#ui/state/session-store.ts'
import { notify } from '#ui/theme/notify.ts'
import type { WordId } from '#ui/words/catalogue.ts'
import { t } from '#ui/words/words.ts'

/** One thing that the command palette offers; what makes no sense now is not in its list. */
export interface Command {
  readonly id: string
  readonly label: string
  /** In tinykeys' spelling. */
  readonly shortcut?: string | undefined
  run(): void
}

export interface CommandGroup {
  readonly label: string
  readonly commands: readonly Command[]
}

export interface CommandSources {
  readonly services: Services
  readonly desk: Desk
  readonly canvas: CanvasHandle | null
}

/** Everything that can be done now, in the groups of the command palette. */
export function listCommands(sources: CommandSources): readonly CommandGroup[] {
  return [
    { label: t('shell.group.run'), commands: runCommands(sources.services) },
    { label: t('run.faults'), commands: listFaultCommands(sources.services) },
    { label: t('shell.group.canvas'), commands: canvasCommands(sources.canvas) },
    { label: t('shell.group.pipeline'), commands: pipelineCommands(sources) },
    { label: t('shell.group.show'), commands: showCommands(sources.services) },
    { label: t('shell.group.add'), commands: addCommands(sources.canvas) },
    { label: t('shell.group.gallery'), commands: galleryCommands(sources.desk) },
  ].filter((group) => group.commands.length > 0)
}

function situationOf({ run, session, document }: Services): Situation {
  const { phase, clock, pool } = run.getState()
  const chosen = session.getState()
  return {
    phase,
    clock: isBusy(phase) ? (clock?.kind ?? chosen.clock.kind) : chosen.clock.kind,
    runnable: document.getState().checked.runnable,
    consent: chosen.consent,
    refused: pool.kind === 'refused',
    followed: document.getState().locked !== undefined,
  }
}

function runCommands(services: Services): readonly Command[] {
  const { client, starter } = services
  const situation = situationOf(services)
  const offer = (
    command: RunCommand,
    label: WordId,
    run: () => Promise<void>,
    shortcut?: string,
  ): readonly Command[] =>
    whyNot(command, situation) === undefined ? [{ id: label, label: t(label), shortcut, run: () => void run() }] : []
  return [
    ...offer('run', 'run.run', () => starter.start(), '$mod+Enter'),
    ...offer('run', 'run.runResume', async () => void (await starter.resume())),
    ...offer('pause', 'run.pause', () => client.pause()),
    ...offer('resume', 'run.resume', () => client.resume()),
    ...offer('step', 'run.step', () => starter.step()),
    ...offer('stop', 'run.stopGracefully', () => client.stop({ graceful: true })),
    ...offer('stop', 'run.stopNow', () => client.stop({ graceful: false }), '$mod+Enter'),
    ...(isBusy(situation.phase) ? offer('restart', 'run.restart', () => starter.restart()) : []),
  ]
}

function canvasCommands(canvas: CanvasHandle | null): readonly Command[] {
  return (canvas?.actions ?? [])
    .filter((action) => action.enabled())
    .map((action) => ({
      id: action.id,
      label: t(action.label),
      shortcut: action.shortcuts[0],
      run: () => action.run(),
    }))
}

function pipelineCommands({ services, desk }: CommandSources): readonly Command[] {
  const { document, session } = services
  const { history } = document.getState()
  const undo = history.done.at(-1)?.label
  const redo = history.undone.at(-1)?.label
  const open = (dialog: 'gallery' | 'documents' | 'versions' | 'storage', label: WordId): Command => ({
    id: label,
    label: t(label),
    run: () => session.getState().openDialog(dialog),
  })
  return [
    ...(undo === undefined
      ? []
      : [
          {
            id: 'undo',
            label: t('run.undo', { label: undo }),
            shortcut: '$mod+z',
            run: () => document.getState().undo(),
          },
        ]),
    ...(redo === undefined
      ? []
      : [
          {
            id: 'redo',
            label: t('run.redo', { label: redo }),
            shortcut: '$mod+Shift+z',
            run: () => document.getState().redo(),
          },
        ]),
    { id: 'new', label: t('files.new'), run: () => void desk.createEmpty() },
    open('gallery', 'files.gallery'),
    open('documents', 'files.recent'),
    open('versions', 'files.versions'),
    open('storage', 'files.storage'),
    {
      id: 'saveRun',
      label: t('files.saveRun'),
      run: () => void saveWithRun(document.getState(), services.client).then(notify),
    },
  ]
}

function showCommands({ session }: Services): readonly Command[] {
  const tabs = dockTabs.map((tab) => ({
    id: `show ${tab}`,
    label: t('shell.showTab', { tab: t(`shell.tab.${tab}`) }),
    run: () => session.getState().showDockTab(tab),
  }))
  const live = { id: 'live', label: t('shell.showLive'), run: () => session.getState().showBatch('live') }
  const themes = (['light', 'dark', 'system'] as const).map((theme) => ({
    id: `theme ${theme}`,
    label: t(`shell.theme.${theme}`),
    run: () => session.getState().setTheme(theme),
  }))
  return [...tabs, ...(session.getState().shownBatchMs === 'live' ? [] : [live]), ...themes]
}

function addCommands(canvas: CanvasHandle | null): readonly Command[] {
  if (canvas === null) return []
  return operators.map(({ name, title }) => ({
    id: `add ${name}`,
    label: t('shell.addOperator', { title, name }),
    run: () => canvas.add(name),
  }))
}

function galleryCommands(desk: Desk): readonly Command[] {
  return galleryPieces.map(({ id, pipeline }) => ({
    id: `gallery ${id}`,
    label: t('shell.openPiece', { name: pipeline.name }),
    run: () => void desk.openNew(pipeline, 'gallery'),
  }))
}
