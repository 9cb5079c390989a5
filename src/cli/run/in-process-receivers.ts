import type { OpenReceiverWorker } from '#engine/runtime/driver/receivers/receiver-worker.ts'
import { receiversInProcess } from '#engine/runtime/receiver/in-process.ts'
import { importModule } from './in-process-executors.ts'

/** Custom receivers in this process, with its rights, as its functions have. */
export function openReceivers(): OpenReceiverWorker {
  return receiversInProcess({
    importModule,
    setTimer: (fn, delayMs, repeats) => {
      if (repeats) {
        const timer = setInterval(fn, delayMs)
        return () => clearInterval(timer)
      }
      const timer = setTimeout(fn, delayMs)
      return () => clearTimeout(timer)
    },
  })
}
