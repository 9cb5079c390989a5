import type { Timers } from '#engine/runtime/driver/clock/timers.ts'
import type { OpenReceiverWorker } from '#engine/runtime/driver/receivers/receiver-worker.ts'
import { receiversInProcess } from '#engine/runtime/receiver/in-process.ts'
import { importModule } from './import-module.ts'

/** Custom receivers on a bench: their timers are those of the test, and their module needs no turn of the event loop to load. */
export function benchReceivers(timers: () => Timers): OpenReceiverWorker {
  return receiversInProcess({
    importModule,
    setTimer: (fn, delayMs, repeats) => {
      let cancel = (): void => {}
      const set = (): void => {
        cancel = timers().after(delayMs, () => {
          if (repeats) set()
          fn()
        })
      }
      set()
      return () => cancel()
    },
  })
}
