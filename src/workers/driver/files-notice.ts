import type { Timers } from '#engine/runtime/driver/clock/timers.ts'

const NOTICE_MS = 500

/** Tells of changed files at most twice a second, however many there are; the last change is always told. */
export class FilesNotice {
  private readonly timers: Timers
  private readonly tell: (pipelineId: string) => void
  private readonly waiting = new Set<string>()
  private quiet = true

  constructor(timers: Timers, tell: (pipelineId: string) => void) {
    this.timers = timers
    this.tell = tell
  }

  changed(pipelineId: string): void {
    this.waiting.add(pipelineId)
    if (this.quiet) this.flush()
  }

  private flush(): void {
    this.quiet = this.waiting.size === 0
    if (this.quiet) return
    for (const pipelineId of this.waiting) this.tell(pipelineId)
    this.waiting.clear()
    this.timers.after(NOTICE_MS, () => this.flush())
  }
}
