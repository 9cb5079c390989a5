import { preferences } from '#ui/state/preferences.ts'
import type { SessionStore, ThemeChoice } from '#ui/state/session-store.ts'

const KEY = 'theme'

/** The theme that was chosen at an earlier visit. */
export function readTheme(): ThemeChoice {
  const stored = preferences.getItem(KEY)
  return stored === 'light' || stored === 'dark' ? stored : 'system'
}

/** Keeps the page in the chosen theme, and in the system's until one is chosen. */
export function followTheme(session: SessionStore): void {
  const system = window.matchMedia('(prefers-color-scheme: dark)')
  const apply = (): void => {
    document.documentElement.dataset.theme = shownTheme(session.getState().theme, system.matches)
  }
  session.subscribe((state, before) => {
    if (state.theme === before.theme) return
    preferences.setItem(KEY, state.theme)
    apply()
  })
  system.addEventListener('change', apply)
  apply()
}

export function shownTheme(choice: ThemeChoice, systemIsDark: boolean): 'light' | 'dark' {
  if (choice !== 'system') return choice
  return systemIsDark ? 'dark' : 'light'
}
