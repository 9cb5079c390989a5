// Holds the executors' ports, as the real driver does: the page must never listen on them.
import type { KernelAnswer, KernelRequest } from './kernel.ts'

/** page → driver. Attached ports come with the message. */
export type DriverCommand =
  | { readonly kind: 'attach' }
  | { readonly kind: 'call'; readonly executor: number; readonly request: KernelRequest }

/** driver → page: what an executor said. */
export interface DriverNote {
  readonly executor: number
  readonly said: unknown
}

let ports: readonly MessagePort[] = []

self.onmessage = ({ data, ports: given }: MessageEvent<DriverCommand>) => {
  if (data.kind === 'call') {
    ports[data.executor]?.postMessage(data.request)
    return
  }
  ports = given
  for (const [executor, port] of ports.entries()) {
    port.onmessage = (event: MessageEvent<KernelAnswer>) => {
      const note: DriverNote = { executor, said: event.data }
      self.postMessage(note)
    }
  }
}
