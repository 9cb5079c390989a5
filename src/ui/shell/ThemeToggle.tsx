import { Moon, Sun } from 'lucide-react'
import type { ReactNode } from 'react'
import { useServices, useSession } from '#ui/services.ts'
import { IconButton } from '#ui/theme/Button.tsx'
import { useWords } from '#ui/words/words.ts'
import { shownTheme } from './theme.ts'
import { useMedia } from './use-media.ts'

export function ThemeToggle(): ReactNode {
  const t = useWords()
  const { session } = useServices()
  const choice = useSession((state) => state.theme)
  const dark = shownTheme(choice, useMedia('(prefers-color-scheme: dark)')) === 'dark'
  return (
    <IconButton
      label={dark ? t('shell.toLight') : t('shell.toDark')}
      icon={dark ? <Sun size={16} /> : <Moon size={16} />}
      onClick={() => session.getState().setTheme(dark ? 'light' : 'dark')}
    />
  )
}
