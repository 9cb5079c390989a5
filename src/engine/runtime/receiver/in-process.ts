import type { OpenReceiverWorker } from '#engine/runtime/driver/receivers/receiver-worker.ts'
import { makeChannel } from '#engine/runtime/executor/in-process.ts'
import type { ReceiverHost } from './receiver-host.ts'
import { startReceiver } from './start-receiver.ts'

/** Custom receivers in this process. They share its realm, so nothing here contains user code, and one that loops for ever stops the process:
 *  for the command line and for tests. `close` ends the timers that a receiver left running. */
export function receiversInProcess(platform: Omit<ReceiverHost, 'driver'>): OpenReceiverWorker {
  return (_streamId, events) => {
    let isOpen = true
    const timers = new Set<() => void>()
    const [driverEnd, receiverEnd] = makeChannel()
    startReceiver({
      driver: receiverEnd,
      importModule: platform.importModule,
      setTimer: (fn, delayMs, repeats) => {
        if (!isOpen) return () => {}
        const end = platform.setTimer(
          () => {
            if (!repeats) timers.delete(end)
            fn()
          },
          delayMs,
          repeats,
        )
        timers.add(end)
        return () => {
          timers.delete(end)
          end()
        }
      },
    })
    void Promise.resolve().then(() => {
      if (!isOpen) return
      events.onLink({
        post: (message) => driverEnd.post(message),
        listen: (handler) =>
          driverEnd.listen((data) => {
            if (isOpen) handler(data)
          }),
        grant: () => {},
        onViolation: () => {},
        close: () => {},
      })
    })
    return {
      close: () => {
        isOpen = false
        for (const end of timers) end()
        timers.clear()
      },
    }
  }
}
