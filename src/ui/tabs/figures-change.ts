import { EMPTY_RUN, type RunFigures } from '#ui/state/run-store.ts'

/** These grow batch by batch. Another tab makes them itself, from the same events. */
const GROWING = ['batches', 'totals', 'newest', 'data', 'outputs', 'failures', 'warnings'] as const
type Growing = (typeof GROWING)[number]

/** What the page adds to the driver's events: phase, pool, version that runs, and that a run has begun anew. */
export interface FiguresChange {
  readonly patch: Partial<Omit<RunFigures, Growing>>
  /** The figures of the run before are gone. */
  readonly anew: boolean
}

/** Fails: undefined when nothing has changed but what events tell */
export function findChange(before: RunFigures, after: RunFigures): FiguresChange | undefined {
  const grown = new Set<string>(GROWING)
  const changed = Object.entries(after).filter(
    ([key, value]) => !grown.has(key) && value !== before[key as keyof RunFigures], // a cast: Object.entries forgets the names
  )
  const anew = GROWING.some((key) => after[key] === EMPTY_RUN[key] && before[key] !== EMPTY_RUN[key])
  return changed.length === 0 && !anew ? undefined : { patch: Object.fromEntries(changed), anew }
}

/** The figures of the following tab after a change of the owner's. */
export function applyChange(figures: RunFigures, { patch, anew }: FiguresChange): RunFigures {
  return { ...(anew ? { ...EMPTY_RUN, ...withoutGrowing(figures) } : figures), ...patch }
}

/** What a tab that begins to follow is given: everything but the data of past batches, which it asks for. */
export function wholeFigures(figures: RunFigures): RunFigures {
  return { ...figures, data: EMPTY_RUN.data }
}

function withoutGrowing(figures: RunFigures): Partial<RunFigures> {
  const { batches: _b, totals: _t, newest: _n, data: _d, outputs: _o, failures: _f, warnings: _w, ...rest } = figures
  return rest
}
