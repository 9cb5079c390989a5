/** Measures the longest gap between two animation frames of this page, ms. */
export function measureFrames(): { stop(): Promise<number> } {
  let lastMs = performance.now()
  let worstMs = 0
  let running = true
  let done: () => void = () => {}
  const stopped = new Promise<void>((resolve) => {
    done = resolve
  })
  const tick = () => {
    const nowMs = performance.now()
    worstMs = Math.max(worstMs, nowMs - lastMs)
    lastMs = nowMs
    if (running) requestAnimationFrame(tick)
    else done()
  }
  requestAnimationFrame(tick)
  return {
    async stop() {
      running = false
      await stopped
      return worstMs
    },
  }
}
