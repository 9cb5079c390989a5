import type { ListenerEvent, StreamingListener } from './listener-event.ts'

/** Tells listeners of events: later than they happen, in order, and of none once it is stopped.
 *  Source: scheduler/StreamingListenerBus, LiveListenerBus */
export class ListenerBus {
  /** A listener is being told: who calls now may be one. */
  isDelivering = false
  private readonly listeners = new Set<StreamingListener>()
  private readonly onThrow: (thrown: unknown) => void
  private queue: ListenerEvent[] = []
  private stopped = false

  constructor(onThrow: (thrown: unknown) => void) {
    this.onThrow = onThrow
  }

  /** Whether anybody would hear of an event. */
  get isHeard(): boolean {
    return this.listeners.size > 0 && !this.stopped
  }

  add(listener: StreamingListener): void {
    this.listeners.add(listener)
  }

  remove(listener: StreamingListener): void {
    this.listeners.delete(listener)
  }

  post(event: ListenerEvent): void {
    if (this.stopped) return
    this.queue.push(event)
    if (this.queue.length === 1) void Promise.resolve().then(() => this.deliver())
  }

  /** What waits is dropped. */
  stop(): void {
    this.stopped = true
    this.queue = []
  }

  private deliver(): void {
    for (let event = this.queue[0]; event !== undefined; event = this.queue[0]) {
      for (const listener of this.listeners) this.tell(listener, event)
      this.queue.shift()
    }
  }

  private tell(listener: StreamingListener, event: ListenerEvent): void {
    this.isDelivering = true
    try {
      listener.onEvent(event)
    } catch (thrown) {
      this.onThrow(thrown)
    } finally {
      this.isDelivering = false
    }
  }
}
