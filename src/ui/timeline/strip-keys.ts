const steps: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageUp: 10,
  PageDown: -10,
}

/** The batch that a key on the strip leads to, by index; `live` past the newest one; undefined for other keys. */
export function stripKey(key: string, shown: number, batches: number): number | 'live' | undefined {
  if (key === 'Escape' || key === 'End') return 'live'
  if (batches === 0) return undefined
  if (key === 'Home') return 0
  const step = steps[key]
  if (step === undefined) return undefined
  const target = shown + step
  return target >= batches ? 'live' : Math.max(0, target)
}
