import { createStore, type StoreApi } from 'zustand/vanilla'
import type { RunStore } from '#ui/state/run-store.ts'
import { EMPTY_VIEW, isStale, type LogView } from './output-log.ts'

const views = new WeakMap<RunStore, StoreApi<LogView>>()

/** Pause, order and clearing of a run's output: they outlive the tab's panel, and end with the run that they were made in. */
export function logViewOf(run: RunStore): StoreApi<LogView> {
  const known = views.get(run)
  if (known !== undefined) return known
  const view = createStore<LogView>()(() => EMPTY_VIEW)
  run.subscribe((figures, before) => {
    if (figures.outputs === before.outputs || !isStale(view.getState(), figures.outputs.at(-1)?.timeMs)) return
    view.setState({ pausedAtMs: undefined, clearedToMs: undefined })
  })
  views.set(run, view)
  return view
}
