import type { ReceiverWorkerNews, ReceiverWorkerWish } from '#protocol/receiver-workers.ts'
import type { ReceiverFrame } from './receiver-frame.ts'

/** Makes and ends workers for custom receivers as the driver at the other end of the port asks. Gives what ends them all, for when the driver is
 *  no more. Nothing is asked before the sandbox of the executors has passed its self-test: a run starts only then. */
export function serveReceiverWorkers(driver: MessagePort): () => void {
  /** A worker that is being made has no frame yet. */
  const workers = new Map<number, ReceiverFrame | undefined>()
  const tell = (news: ReceiverWorkerNews, ports: MessagePort[] = []): void => driver.postMessage(news, ports)

  function lose(worker: number, reason: string): void {
    if (!workers.has(worker)) return
    workers.get(worker)?.remove()
    workers.delete(worker)
    tell({ kind: 'gone', worker, reason })
  }

  async function open(worker: number): Promise<void> {
    workers.set(worker, undefined)
    try {
      // The frame's code brings the text of its script, which most pipelines never need.
      const { openReceiverFrame } = await import('./receiver-frame.ts')
      if (!workers.has(worker)) return
      const frame = openReceiverFrame((reason) => lose(worker, reason))
      workers.set(worker, frame)
      await frame.ready
      tell({ kind: 'opened', worker }, [frame.port])
    } catch (error) {
      lose(worker, error instanceof Error ? error.message : String(error))
    }
  }

  // Our own driver writes this port, so what arrives is a ReceiverWorkerWish.
  driver.onmessage = ({ data }: MessageEvent<ReceiverWorkerWish>) => {
    if (data.kind === 'open') {
      void open(data.worker)
      return
    }
    workers.get(data.worker)?.remove()
    workers.delete(data.worker)
  }
  return () => {
    driver.close()
    for (const frame of workers.values()) frame?.remove()
    workers.clear()
  }
}
