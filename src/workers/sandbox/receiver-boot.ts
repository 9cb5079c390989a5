// The script of a custom receiver's worker: one classic text, of this file and the receiver's runtime. The order is the safety, see
// harden-realm.ts. Unlike an executor it has timers, which code reaches only through the functions that the runtime hands out.

import { startReceiver } from '#engine/runtime/receiver/start-receiver.ts'
import { hardenRealm } from './harden-realm.ts'
import { setPlatformTimer } from './platform-timers.ts'
import * as platform from './primordials.ts'
import { restoreRegExp } from './regexp-guard.ts'
import { wrapPort } from './wrap-port.ts'

let isHard = false

platform.onFirstMessage(({ ports }) => {
  // The script threw below, and the listener is all that is left of it.
  if (!isHard) return
  const [driverPort] = ports
  if (driverPort === undefined || ports.length !== 1) throw new Error('a receiver needs a port to the driver')
  startReceiver(Object.freeze({ driver: wrapPort(driverPort), importModule, setTimer }))
})
// The code has a console of its own; what is printed past it goes nowhere.
hardenRealm(() => {})
isHard = true

function setTimer(fn: () => void, delayMs: number, repeats: boolean): () => void {
  return setPlatformTimer(
    () => {
      restoreRegExp()
      fn()
    },
    delayMs,
    repeats,
  )
}

async function importModule(text: string): Promise<Record<string, unknown>> {
  try {
    return await platform.importText(text)
  } finally {
    restoreRegExp()
  }
}
