// Whatever program imports this file needs the declarations too.
/// <reference path="./sandbox-texts.d.ts" />

import { receiverText } from 'virtual:sluice/receiver-text'
import { createSandboxFrame, type FrameDeath } from './sandbox-frame.ts'

/** A sandbox with one custom receiver in it: a frame of its own, so that its end is certain and touches nothing else. */
export interface ReceiverFrame {
  /** To be transferred to the driver worker; the page must not listen on it. */
  readonly port: MessagePort
  /** The worker exists; rejects when the frame dies first. */
  readonly ready: Promise<void>
  remove(): void
}

/** Opens one. `onDead` is called once at most, never after `remove`. */
export function openReceiverFrame(onDead: (reason: string) => void): ReceiverFrame {
  const frame = createSandboxFrame({ receiver: receiverText })
  const { port1, port2 } = new MessageChannel()
  frame.onDead((death) => onDead(printDeath(death)))
  // Nothing of ours throws there once it has started, and what user code throws is caught: it did not start.
  frame.onError((_worker, text) => onDead(`The worker of the receiver failed: ${text}`))
  return { port: port1, ready: frame.spawnReceiver(port2), remove: () => frame.remove() }
}

function printDeath(death: FrameDeath): string {
  return death.kind === 'no-answer' ? 'The process of the receiver is gone, or does not answer.' : death.text
}
