/** The two longest gaps between animation frames, ms. */
export interface FrameGaps {
  readonly worstFrameMs: number
  readonly nextFrameMs: number
}

/** Measures the gaps between two animation frames of this page. */
export function measureFrames(): { stop(): Promise<FrameGaps> } {
  let lastMs = performance.now()
  let worstFrameMs = 0
  let nextFrameMs = 0
  let running = true
  let done: () => void = () => {}
  const stopped = new Promise<void>((resolve) => {
    done = resolve
  })
  const tick = () => {
    const nowMs = performance.now()
    const gapMs = nowMs - lastMs
    lastMs = nowMs
    nextFrameMs = Math.max(nextFrameMs, Math.min(gapMs, worstFrameMs))
    worstFrameMs = Math.max(worstFrameMs, gapMs)
    if (running) requestAnimationFrame(tick)
    else done()
  }
  requestAnimationFrame(tick)
  return {
    async stop() {
      running = false
      await stopped
      return { worstFrameMs, nextFrameMs }
    },
  }
}
