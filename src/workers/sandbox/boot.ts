// The executor's script: one classic text, of this file and the kernel. The order is the safety, see harden-realm.ts.

import type { ExecutorPort } from '#engine/runtime/executor/executor-host.ts'
import { startExecutor } from '#engine/runtime/executor/start-executor.ts'
import type { ConsoleLine } from './console-stub.ts'
import type { ExecutorInit } from './control.ts'
import { hardenRealm } from './harden-realm.ts'
import * as platform from './primordials.ts'
import { restoreRegExp } from './regexp-guard.ts'
import { wrapPort } from './wrap-port.ts'

// Nothing prints before the first user code runs, and that is after the first message.
let sendLog: (log: ConsoleLine) => void = () => {}

let isHard = false

platform.onFirstMessage(({ data, ports }) => {
  // The script threw below, and the listener is all that is left of it.
  if (!isHard) return
  // The broker sends nothing else, and no other code has this worker.
  const { index, executors } = data as ExecutorInit
  const [driverPort, ...peerPorts] = ports
  if (driverPort === undefined || peerPorts.length !== executors - 1)
    throw new Error('an executor needs a port to all others')
  const driver = wrapPort(driverPort)
  sendLog = driver.post
  const peers: (ExecutorPort | undefined)[] = peerPorts.map(wrapPort)
  peers.splice(index, 0, undefined)
  startExecutor(
    Object.freeze({
      index,
      executors,
      driver,
      peers: Object.freeze(peers),
      importModule,
      encode: platform.encode,
      decode: platform.decode,
      now: platform.nowMs,
    }),
  )
})
hardenRealm((log) => sendLog(log))
isHard = true

async function importModule(text: string): Promise<Record<string, unknown>> {
  try {
    return await platform.importText(text)
  } finally {
    restoreRegExp()
  }
}
