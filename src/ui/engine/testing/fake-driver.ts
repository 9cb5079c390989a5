import { err, ok } from '#engine/model/result.ts'
import type { DriverEvent } from '#protocol/driver-event.ts'
import type { DriverService, StartRequest, StoredCheckpoint } from '#protocol/driver-service.ts'
import type { DriverWorker } from '#ui/engine/driver-link.ts'

/** A driver that does as it is told, remembers what that was, and can be struck dead. */
export class FakeDriver implements DriverWorker {
  readonly log: string[] = []
  readonly starts: StartRequest[] = []
  events: MessagePort | undefined
  terminated = false
  checkpoint: StoredCheckpoint | undefined
  refusal: string | undefined
  hung = false
  #onError: (message: string) => void = () => {}

  readonly service: DriverService<MessagePort> = {
    connect: async (port) => {
      this.events = port
    },
    connectReceivers: async () => undefined,
    attach: (ports) => this.#answer(`attach ${ports.length}`, undefined),
    start: (request) => {
      this.starts.push(request)
      const refused = err([{ code: 'graph/none', severity: 'error' as const, message: this.refusal ?? '' }])
      return this.#answer(
        `start ${request.from}`,
        this.refusal === undefined ? ok({ state: 'ACTIVE' as const }) : refused,
      )
    },
    pause: () => this.#answer('pause', undefined),
    resume: () => this.#answer('resume', undefined),
    step: () => this.#answer('step', undefined),
    setSpeed: (speed) => this.#answer(`speed ${speed}`, undefined),
    pauseCatchUp: (paused) => this.#answer(paused ? 'pause catch-up' : 'resume catch-up', undefined),
    skipMissed: (always) => this.#answer(always ? 'skip always' : 'skip', undefined),
    stop: ({ graceful }) => this.#answer(graceful ? 'stop gracefully' : 'stop', undefined),
    send: (_node, lines) => this.#answer('send', ok(lines.length)),
    watch: () => this.#answer('watch', undefined),
    lookAt: async () => undefined,
    batchData: (timeMs) => this.#answer(`batch ${timeMs}`, { timeMs, nodes: {}, outputs: [], failures: [] }),
    findCheckpoint: async () => this.checkpoint,
    compareCheckpoint: async () => undefined,
    deleteCheckpoint: async () => undefined,
    claim: async () => 'fence',
    forget: async () => undefined,
    remains: async () => undefined,
    exportRun: async () => ok('run'),
    readRun: async () => err([]),
    importRun: async () => ok(undefined),
    measureStorage: async () => [],
    listFiles: async () => ok({ directories: [], totals: { directories: 0, bytes: 0, records: 0 }, kept: 'browser' }),
    readFile: async () => err('there are no files.'),
    deleteFiles: async () => ok(undefined),
    strike: (fault) => this.#answer(`strike ${fault.kind}`, ok(undefined)),
    faultTargets: async () => undefined,
    reportCheckpoints: async () => ({ kept: [], entries: 0, bytes: 0, metadata: undefined, lineage: [] }),
    ping: () => this.#answer('', 'pong' as const),
  }

  transfer<T extends object>(value: T): T {
    return value
  }
  onError(listener: (message: string) => void): void {
    this.#onError = listener
  }
  terminate(): void {
    this.terminated = true
    this.events?.close()
  }
  crash(message: string): void {
    this.#onError(message)
  }
  say(event: DriverEvent): void {
    this.events?.postMessage(event)
  }
  /** A call to a worker that hangs never settles. */
  #answer<T>(what: string, value: T): Promise<T> {
    if (this.hung) return new Promise(() => {})
    if (what !== '') this.log.push(what)
    return Promise.resolve(value)
  }
}
