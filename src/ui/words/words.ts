import { type Messages, setupI18n } from '@lingui/core'
import { useSyncExternalStore } from 'react'
import type { WordId } from './catalogue.ts'
import { compiledEnglish } from './english.gen.ts'

/** Values that a message may take. */
export type WordValues = Readonly<Record<string, string | number>>

const i18n = setupI18n()
i18n.loadAndActivate({ locale: 'en', messages: compiledEnglish })

/** The text of `id` in the chosen language. */
export function t(id: WordId, values?: WordValues): string {
  return i18n.t(id, values)
}

/** Takes up the words of a part that comes later than the page. */
export function addWords(messages: Readonly<Record<string, Messages[string]>>): void {
  i18n.load('en', messages)
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
