import { type ReactNode, useEffect } from 'react'
import { Toaster, toast } from 'sonner'
import { type Notice, showNotices } from './notify.ts'

const SHOW = { plain: toast.message, good: toast.success, bad: toast.error }

function showNotice({ text, more, kind = 'plain', action }: Notice): void {
  SHOW[kind](text, {
    ...(more === undefined ? {} : { description: more }),
    ...(action === undefined ? {} : { action: { label: action.label, onClick: action.run } }),
  })
}

/** Where notices appear. */
export function Notices({ theme }: { readonly theme: 'light' | 'dark' }): ReactNode {
  useEffect(() => showNotices(showNotice), [])
  return <Toaster theme={theme} position="bottom-right" closeButton />
}
