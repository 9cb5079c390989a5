/** Calls `listener` when the theme has changed, whoever changed it: what a canvas shows must then be drawn again. */
export function watchTheme(listener: () => void): () => void {
  const observer = new MutationObserver(listener)
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  return () => observer.disconnect()
}
