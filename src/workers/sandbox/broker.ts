// The only script of the sandboxed document: makes and ends workers for the page. No user code runs here, and no message of a
// worker is listened to, so a flood of them fills only this process.
import { type BrokerCommand, type BrokerEvent, MAX_ERROR_TEXT, type ScriptName, type WorkerInit } from './control.ts'

/** Errors of one worker that are passed on; the rest only repeat them. */
const MAX_ERRORS = 20

// The document's own powers, which the broker never needs. The policy blocks all but WebRTC, which no policy can.
const needless = [
  'RTCPeerConnection',
  'webkitRTCPeerConnection',
  'RTCDataChannel',
  'RTCIceTransport',
  'WebTransport',
  'WebSocket',
  'WebSocketStream',
  'EventSource',
  'XMLHttpRequest',
  'fetch',
  'fetchLater',
  'open',
  'SharedWorker',
  'Image',
  'Audio',
  'FontFace',
]
for (const name of needless) Reflect.deleteProperty(globalThis, name)

// This program's types are a worker's; a document has a parent besides.
const page: unknown = Reflect.get(globalThis, 'parent')

addEventListener('message', function connect(event: MessageEvent) {
  const [port] = event.ports
  if (event.source !== page || port === undefined || event.ports.length !== 1) return
  removeEventListener('message', connect)
  serve(port)
})

function serve(port: MessagePort): void {
  const scripts = new Map<ScriptName, string>()
  const workers = new Map<number, Worker>()
  const tell = (event: BrokerEvent) => port.postMessage(event)

  function spawn(id: number, script: ScriptName, init: WorkerInit, ports: readonly MessagePort[]): void {
    const url = scripts.get(script)
    if (url === undefined || workers.has(id)) {
      tell({ kind: 'failed', id, text: `cannot start ${script} ${id}` })
      return
    }
    // Classic, because a module worker from a blob does not start in an opaque origin.
    const worker = new Worker(url)
    let errors = 0
    worker.onerror = (event) => {
      event.preventDefault()
      errors += 1
      if (errors <= MAX_ERRORS) tell({ kind: 'failed', id, text: String(event.message).slice(0, MAX_ERROR_TEXT) })
    }
    workers.set(id, worker)
    worker.postMessage(init, [...ports])
    tell({ kind: 'spawned', id })
  }

  port.onmessage = (event: MessageEvent<BrokerCommand>) => {
    const command = event.data
    switch (command.kind) {
      case 'script':
        // Never revoked: a worker fetches it some time after it was made.
        scripts.set(command.name, URL.createObjectURL(new Blob([command.text], { type: 'text/javascript' })))
        return
      case 'spawn':
        return spawn(command.id, command.script, command.init, event.ports)
      case 'terminate':
        workers.get(command.id)?.terminate()
        workers.delete(command.id)
        return
      case 'ping':
        return tell({ kind: 'pong', seq: command.seq })
    }
  }
  tell({ kind: 'ready' })
}
