// Stands in for the engine's executor in tests of the sandbox: loads modules, calls their functions, and checks itself.
import type { ExecutorHost } from '#engine/runtime/executor/executor-host.ts'
import { checkSelf } from './self-check.ts'

export interface KernelRequest {
  readonly id: number
  /** Text of a module whose export `run` is called with `input`; undefined → the kernel's check of itself. */
  readonly module?: string
  readonly input?: unknown
}

export interface KernelAnswer {
  readonly id: number
  readonly ok: boolean
  readonly value: unknown
}

export function startExecutor(host: ExecutorHost): void {
  async function answer(request: KernelRequest): Promise<unknown> {
    if (request.module === undefined)
      return { ...checkSelf(), index: host.index, peers: host.peers.length, timed: host.now() > 0 }
    const { run } = await host.importModule(request.module)
    if (typeof run !== 'function') throw new Error('the module exports no function called run')
    return run(request.input)
  }

  host.driver.listen((data) => {
    const request = data as KernelRequest // The harness's own driver sends nothing else.
    answer(request).then(
      (value) => reply({ id: request.id, ok: true, value }),
      (error) => reply({ id: request.id, ok: false, value: String(error) }),
    )
  })

  function reply(message: KernelAnswer): void {
    try {
      host.driver.post(message)
    } catch (error) {
      host.driver.post({ id: message.id, ok: false, value: String(error) })
    }
  }

  // Executors greet each other, so that a test can see the ports between them.
  for (const [index, peer] of host.peers.entries()) {
    peer?.listen((data) => host.driver.post({ kind: 'greeting', from: index, data }))
    peer?.post(`hello from ${host.index}`)
  }
}
