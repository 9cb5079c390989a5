import type { PoolState } from '#ui/state/run-store.ts'
import type { ExecutorGeneration, Executors, ExecutorsListener, OpenExecutors } from './executors.ts'

export type SandboxPorts = { readonly ok: true; readonly ports: readonly MessagePort[] } | NoPorts

export interface NoPorts {
  readonly ok: false
  /** The sandbox failed its own test, so there is no second try. */
  readonly refused: boolean
  readonly reason: string
}

/** How the screen calls it that there are no executors. */
export function lostPool({ refused, reason }: NoPorts): PoolState {
  return { kind: refused ? 'refused' : 'lost', reason }
}

/** The executors of the run that is on: at most one pool at a time, and one rebuilding of it. */
export class Sandbox {
  readonly #open: OpenExecutors
  readonly #listener: ExecutorsListener
  #executors: Executors | undefined
  #rebuilding = false
  /** Counts pools, so that the news of an older one is not heard. */
  #age = 0

  constructor(open: OpenExecutors, listener: ExecutorsListener) {
    this.#open = open
    this.#listener = listener
  }

  /** Fresh executors; those before are ended. Never rejects. */
  async open(count: number): Promise<SandboxPorts> {
    this.close()
    const age = this.#age
    try {
      const opened = await this.#open(count, {
        dead: (reason) => age === this.#age && this.#listener.dead(reason),
        error: (index, text) => age === this.#age && this.#listener.error(index, text),
      })
      if (!opened.ok) return { ok: false, refused: true, reason: opened.reason }
      if (age !== this.#age) {
        opened.executors.close()
        return { ok: false, refused: false, reason: 'another run was started' }
      }
      this.#executors = opened.executors
      return await ready(opened.executors)
    } catch (error) {
      return failed(error)
    }
  }

  /** The same number of executors anew; `already`: somebody else is at it, or there are none. */
  async rebuild(): Promise<SandboxPorts | 'already'> {
    if (this.#rebuilding || this.#executors === undefined) return 'already'
    this.#rebuilding = true
    try {
      return await ready(await this.#executors.rebuild())
    } catch (error) {
      return failed(error)
    } finally {
      this.#rebuilding = false
    }
  }

  /** Ends one executor; nobody is told. */
  end(index: number): void {
    this.#executors?.end(index)
  }

  close(): void {
    this.#age += 1
    this.#executors?.close()
    this.#executors = undefined
  }
}

async function ready(generation: ExecutorGeneration): Promise<SandboxPorts> {
  await generation.ready
  return { ok: true, ports: generation.ports }
}

function failed(error: unknown): SandboxPorts {
  return { ok: false, refused: false, reason: error instanceof Error ? error.message : String(error) }
}
