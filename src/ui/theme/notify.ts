import { toast } from 'sonner'

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

const SHOW = { plain: toast.message, good: toast.success, bad: toast.error }

export const notify: Notify = ({ text, more, kind = 'plain', action }) => {
  SHOW[kind](text, {
    ...(more === undefined ? {} : { description: more }),
    ...(action === undefined ? {} : { action: { label: action.label, onClick: action.run } }),
  })
}
