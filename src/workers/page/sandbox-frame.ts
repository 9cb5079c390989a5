// Whatever program imports this file needs the declarations too.
/// <reference path="./sandbox-texts.d.ts" />

import { executorText } from 'virtual:sluice/executor-text'
import { probeText } from 'virtual:sluice/probe-text'
import { sandboxDocument } from 'virtual:sluice/sandbox-document'
import type { BrokerCommand, ScriptName, WorkerInit } from '#workers/sandbox/control.ts'
import { parseBrokerEvent } from './broker-event.ts'
import { watchPulse } from './pulse.ts'

/** Ports of one executor inside the sandbox; their other ends are the driver's and the peers'. */
export interface ExecutorPorts {
  readonly driver: MessagePort
  /** In index order, without the own slot. */
  readonly peers: readonly MessagePort[]
}

export type FrameDeath =
  /** The document or its process stopped answering; all its workers are lost with it. */
  { readonly kind: 'no-answer' } | { readonly kind: 'not-loaded'; readonly text: string }

/** A sandboxed document with its own origin and, where the browser allows it, its own process. */
export interface SandboxFrame {
  /** The broker answers; rejects when the frame dies before. */
  readonly ready: Promise<void>
  /** Resolves when the worker exists; whether it runs, only the driver hears. */
  spawn(index: number, executors: number, ports: ExecutorPorts): Promise<void>
  /** Starts the worker of a custom receiver, the only one in its frame; resolves when it exists. */
  spawnReceiver(driver: MessagePort): Promise<void>
  /** Starts the self-test's worker, which answers once on the other end of `port`. */
  probe(reachableUrl: string, port: MessagePort): Promise<void>
  /** Polite: some built-in loops go on using a core until the frame is removed. */
  terminate(index: number): void
  /** Ends every worker and the process. The only end that is certain. */
  remove(): void
  /** Called once at most, never after `remove`. */
  onDead(handler: (death: FrameDeath) => void): void
  /** An error that nothing caught in an executor, as text of at most 300 characters. */
  onError(handler: (index: number, text: string) => void): void
}

/** Where the sandboxed document must answer after it is put into the page. */
const LOAD_TIMEOUT_MS = 5_000
/** Worker ids below are executor indexes. */
const PROBE_ID = 1_000_000
const RECEIVER_ID = 0
const SCRIPTS: readonly ScriptName[] = ['executor', 'probe', 'receiver']

/** Puts a fresh sandbox into the page, with the texts of all scripts that are to run in it. */
export function createSandboxFrame(
  scripts: Readonly<Partial<Record<ScriptName, string>>> = { executor: executorText, probe: probeText },
): SandboxFrame {
  const iframe = makeIframe()
  const { port1: control, port2: brokerPort } = new MessageChannel()
  const tell = (command: BrokerCommand, ports: readonly MessagePort[] = []) => control.postMessage(command, [...ports])
  const waiting = new Map<number, Deferred>()
  const ready = defer()
  let onDead: (death: FrameDeath) => void = () => {}
  let onError: (index: number, text: string) => void = () => {}
  let isOver = false

  function end(): boolean {
    if (isOver) return false
    isOver = true
    clearTimeout(loading)
    pulse.stop()
    control.close()
    iframe.remove()
    const over = new Error('the sandbox is gone')
    ready.reject(over)
    for (const { reject } of waiting.values()) reject(over)
    return true
  }

  function die(death: FrameDeath): void {
    if (end()) onDead(death)
  }

  const pulse = watchPulse({ ping: (seq) => tell({ kind: 'ping', seq }), onLost: () => die({ kind: 'no-answer' }) })
  const loading = setTimeout(
    () => die({ kind: 'not-loaded', text: `the sandbox did not start within ${LOAD_TIMEOUT_MS} ms` }),
    LOAD_TIMEOUT_MS,
  )

  control.onmessage = ({ data }: MessageEvent<unknown>) => {
    const event = parseBrokerEvent(data)
    switch (event?.kind) {
      case 'ready':
        clearTimeout(loading)
        pulse.start()
        ready.resolve()
        return
      case 'pong':
        pulse.answer(event.seq)
        return
      case 'spawned':
        waiting.get(event.id)?.resolve()
        waiting.delete(event.id)
        return
      case 'failed':
        onError(event.id, event.text)
    }
  }

  async function start(id: number, script: ScriptName, init: WorkerInit, ports: readonly MessagePort[]): Promise<void> {
    await ready.promise
    if (isOver) throw new Error('the sandbox is gone')
    const spawned = defer()
    waiting.set(id, spawned)
    tell({ kind: 'spawn', id, script, init }, ports)
    return spawned.promise
  }

  iframe.onload = () => {
    // The target origin of an opaque document cannot be named. Sent once; the broker takes one port and listens no more.
    iframe.contentWindow?.postMessage({ kind: 'control' }, '*', [brokerPort])
    for (const name of SCRIPTS) {
      const text = scripts[name]
      if (text !== undefined) tell({ kind: 'script', name, text })
    }
  }
  document.body.append(iframe)

  return {
    ready: ready.promise,
    spawn: (index, executors, { driver, peers }) =>
      start(index, 'executor', { kind: 'executor', index, executors }, [driver, ...peers]),
    spawnReceiver: (driver) => start(RECEIVER_ID, 'receiver', { kind: 'receiver' }, [driver]),
    probe: (reachableUrl, port) => start(PROBE_ID, 'probe', { kind: 'probe', reachableUrl }, [port]),
    terminate: (index) => tell({ kind: 'terminate', id: index }),
    remove: () => void end(),
    onDead: (handler) => {
      onDead = handler
    },
    onError: (handler) => {
      onError = handler
    },
  }
}

interface Deferred {
  readonly promise: Promise<void>
  resolve(): void
  reject(error: Error): void
}

function defer(): Deferred {
  let resolve = () => {}
  let reject: (error: Error) => void = () => {}
  const promise = new Promise<void>((resolvePromise, rejectPromise) => {
    resolve = resolvePromise
    reject = rejectPromise
  })
  // Whoever waits hears of it; that nobody waits is no error.
  promise.catch(() => {})
  return { promise, resolve, reject }
}

function makeIframe(): HTMLIFrameElement {
  const iframe = document.createElement('iframe')
  // Nothing else, ever: with allow-same-origin a script inside could take the sandbox off.
  iframe.setAttribute('sandbox', 'allow-scripts')
  iframe.referrerPolicy = 'no-referrer'
  iframe.setAttribute('aria-hidden', 'true')
  iframe.tabIndex = -1
  iframe.style.cssText = 'position:absolute;width:0;height:0;border:0;visibility:hidden'
  iframe.srcdoc = sandboxDocument
  return iframe
}
