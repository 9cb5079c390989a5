import { type ConsoleLine, installConsole } from './console-stub.ts'
import { freezeRealm } from './freeze-realm.ts'
import { silenceRejections } from './primordials.ts'
import { stripRealm } from './strip-realm.ts'

/** Takes every power from this worker's realm and makes the rest unchangeable. Primordials must be captured, and the listener for the
 *  first message registered, before; no user code may be imported before it returns.
 *  Throws when the realm resists: then nothing may start. */
export function hardenRealm(sendLog: (log: ConsoleLine) => void): void {
  silenceRejections()
  stripRealm()
  installConsole(sendLog)
  freezeRealm()
}
