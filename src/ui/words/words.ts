import { setupI18n } from '@lingui/core'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import { useSyncExternalStore } from 'react'
import { english, type WordId } from './catalogue.ts'

/** Values that a message may take. */
export type WordValues = Readonly<Record<string, string | number>>

/** lingui asks for the same message each time it is shown, and parsing one costs more than drawing it. */
const compiled = new Map<string, ReturnType<typeof compileMessage>>()

function compileOnce(message: string): ReturnType<typeof compileMessage> {
  const known = compiled.get(message) ?? compileMessage(message)
  compiled.set(message, known)
  return known
}

const i18n = setupI18n()
i18n.setMessagesCompiler(compileOnce)
i18n.loadAndActivate({ locale: 'en', messages: { ...english } })

/** The text of `id` in the chosen language. */
export function t(id: WordId, values?: WordValues): string {
  return i18n.t(id, values)
}

/** A number as the chosen language writes it. */
export function formatNumber(value: number, options?: Intl.NumberFormatOptions): string {
  return i18n.number(value, options)
}

const subscribe = (listener: () => void): (() => void) => i18n.on('change', listener)

/** `t`, for components: they render again when the language changes. */
export function useWords(): typeof t {
  useSyncExternalStore(subscribe, () => i18n.locale)
  return t
}
