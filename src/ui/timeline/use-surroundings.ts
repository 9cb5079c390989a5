import { useEffect, useState } from 'react'
import { watchTheme } from '#ui/theme/watch-theme.ts'

/** Counts changes of the theme: what a canvas has drawn must then be drawn again. */
export function useThemeCount(): number {
  const [count, setCount] = useState(0)
  useEffect(() => watchTheme(() => setCount((before) => before + 1)), [])
  return count
}
