export interface Notice {
  readonly text: string
  /** More, in smaller type. */
  readonly more?: string
  readonly kind?: 'plain' | 'good' | 'bad'
  /** One thing to do about it. */
  readonly action?: { readonly label: string; readonly run: () => void }
}

/** A short message that goes away by itself and is read aloud. */
export type Notify = (notice: Notice) => void

const waiting: Notice[] = []
const listeners = new Set<() => void>()
let show: Notify | undefined

export const notify: Notify = (notice) => {
  if (show !== undefined) return show(notice)
  waiting.push(notice)
  for (const listener of listeners) listener()
}

/** Whether a notice waits for a place to be shown. */
export const noticesWait = {
  get: (): boolean => waiting.length > 0,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
}

/** From now on notices are shown by `by`, those first that waited. */
export function showNotices(by: Notify): void {
  show = by
  for (const notice of waiting.splice(0)) by(notice)
}
