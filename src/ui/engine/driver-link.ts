import { invariant } from '#engine/model/invariant.ts'
import type { DriverEvent } from '#protocol/driver-event.ts'
import type { DriverService } from '#protocol/driver-service.ts'
import { BEAT_MS, beat, freshPulse, isDead } from './heartbeat.ts'

/** A driver worker that was just created; the methods of `service` answer through comlink. */
export interface DriverWorker {
  readonly service: DriverService<MessagePort>
  /** Gives a port away with the call that carries it. */
  transfer<T extends object>(value: T, ports: readonly MessagePort[]): T
  /** An error that nothing in the worker caught, or the worker could not be loaded. */
  onError(listener: (message: string) => void): void
  terminate(): void
}

export interface DriverListener {
  event(event: DriverEvent): void
  /** Silence, or an error of our own in the worker. Told once; nothing comes after it. */
  death(reason: string): void
}

/** Asks the driver of the moment; undefined when it dies first. */
export type CallDriver = <T>(
  ask: (service: DriverService<MessagePort>) => Promise<T>,
) => Promise<{ readonly value: T } | undefined>

const DIED = Symbol('the driver died')

/** One driver worker from its birth to its death. */
export class DriverLink {
  readonly #worker: DriverWorker
  readonly #listener: DriverListener
  readonly #died: Promise<typeof DIED>
  readonly #events: MessagePort
  readonly #timer: ReturnType<typeof setInterval>
  #pulse = freshPulse(performance.now())
  #heard = false
  #dead = false
  #resolveDied: (died: typeof DIED) => void = () => invariant(false, 'a promise gives its resolver at once')

  constructor(worker: DriverWorker, listener: DriverListener) {
    this.#worker = worker
    this.#listener = listener
    this.#died = new Promise((resolve) => {
      this.#resolveDied = resolve
    })
    const { port1, port2 } = new MessageChannel()
    this.#events = port1
    // Our own worker writes this port, so what arrives is a DriverEvent.
    port1.onmessage = (message: MessageEvent<DriverEvent>) => {
      this.#heard = true
      if (!this.#dead) this.#listener.event(message.data)
    }
    worker.onError((message) => this.#die(message))
    worker.service.connect(worker.transfer(port2, [port2])).catch((error: unknown) => this.#die(String(error)))
    this.#timer = setInterval(() => this.#beat(), BEAT_MS)
  }

  /** What `ask` gives, or undefined when the driver dies first. */
  async call<T>(ask: (service: DriverService<MessagePort>) => Promise<T>): Promise<{ readonly value: T } | undefined> {
    if (this.#dead) return undefined
    const answer = ask(this.#worker.service).catch((error: unknown) => {
      this.#die(error instanceof Error ? error.message : String(error))
      return DIED as typeof DIED
    })
    const value = await Promise.race([answer, this.#died])
    return value === DIED ? undefined : { value: value as T /* the only other member of the union */ }
  }

  /** Hands one port per executor to the driver. */
  async attach(ports: readonly MessagePort[]): Promise<boolean> {
    const attached = await this.call((service) => service.attach(this.#worker.transfer(ports, ports)))
    return attached !== undefined
  }

  /** Ends the worker as if it had died. */
  kill(reason: string): void {
    this.#die(reason)
  }

  /** Ends the worker without telling the listener. */
  end(): void {
    if (this.#dead) return
    this.#dead = true
    clearInterval(this.#timer)
    this.#events.close()
    this.#worker.terminate()
    this.#resolveDied(DIED)
  }

  #die(reason: string): void {
    if (this.#dead) return
    this.end()
    this.#listener.death(reason)
  }

  #beat(): void {
    this.#pulse = beat(this.#pulse, performance.now(), this.#heard)
    this.#heard = false
    if (isDead(this.#pulse)) {
      this.#die(`it did not answer for ${Math.round(this.#pulse.silentMs / 1000)} s`)
      return
    }
    this.#worker.service.ping().then(
      () => {
        this.#heard = true
      },
      (error: unknown) => this.#die(String(error)),
    )
  }
}
