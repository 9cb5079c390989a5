import type { ExecutorLink } from '#engine/runtime/driver/executors/executor-link.ts'

/** The driver's end of a port into the sandbox. Messages are counted before they are looked at: Chromium takes a message apart only when its
 *  data is read, so a flood costs nothing beyond what was granted. */
export function guardPort(port: MessagePort): ExecutorLink {
  let credit = 0
  const encoder = new TextEncoder()
  let violated: () => void = () => {}
  return {
    post: (message, transfer) => port.postMessage(message, transfer === undefined ? [] : [...transfer]),
    listen: (handler) => {
      port.onmessage = (event) => {
        credit -= 1
        if (credit >= 0 && event.ports.length === 0) {
          handler(event.data)
          return
        }
        port.onmessage = null
        port.close()
        violated()
      }
      port.onmessageerror = () => violated()
    },
    grant: (messages) => {
      credit = messages
    },
    onViolation: (handler) => {
      violated = handler
    },
    encode: (text, into) => encoder.encodeInto(text, into),
    close: () => {
      port.onmessage = null
      port.close()
    },
  }
}
