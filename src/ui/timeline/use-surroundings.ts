import { useEffect, useState } from 'react'

/** Counts changes of the theme, whoever made them: what a canvas has drawn must then be drawn again. */
export function useThemeCount(): number {
  const [count, setCount] = useState(0)
  useEffect(() => {
    const observer = new MutationObserver(() => setCount((before) => before + 1))
    observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    return () => observer.disconnect()
  }, [])
  return count
}
