import type { OpenReceiverWorker, WorkerEvents } from '#engine/runtime/driver/receivers/receiver-worker.ts'
import type { ReceiverWorkerNews, ReceiverWorkerWish } from '#protocol/receiver-workers.ts'
import { guardPort } from './guarded-port.ts'

/** The driver's side of the workers for custom receivers, which the page makes. */
export class ReceiverDesk {
  private page: MessagePort | undefined
  private readonly workers = new Map<number, WorkerEvents>()
  private last = 0

  /** The port on which the page hears wishes. */
  connect(page: MessagePort): void {
    this.page = page
    // The page writes this port, so what arrives is a ReceiverWorkerNews.
    page.onmessage = (event: MessageEvent<ReceiverWorkerNews>) => this.hear(event.data, event.ports[0])
  }

  readonly open: OpenReceiverWorker = (_streamId, events) => {
    this.last += 1
    const worker = this.last
    this.workers.set(worker, events)
    this.wish({ kind: 'open', worker })
    return {
      close: () => {
        this.workers.delete(worker)
        this.wish({ kind: 'close', worker })
      },
    }
  }

  private hear(news: ReceiverWorkerNews, port: MessagePort | undefined): void {
    const events = this.workers.get(news.worker)
    if (news.kind === 'gone') events?.onGone(news.reason)
    else if (events === undefined) port?.close()
    else if (port !== undefined) events.onLink(guardPort(port))
  }

  private wish(wish: ReceiverWorkerWish): void {
    this.page?.postMessage(wish)
  }
}
