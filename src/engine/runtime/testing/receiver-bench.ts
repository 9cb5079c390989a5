import type { ListenerEvent } from '#engine/runtime/driver/listener/listener-event.ts'
import type { Payload } from '#engine/runtime/wire.ts'
import { documentOf } from './document.ts'
import { type BenchOptions, makeBench } from './driver-bench.ts'

/** A receiver that stores 0, 1, 2, … ten times a second, one by one. */
export const COUNTING = `{
  onStart(receiver) { let n = 0; this.timer = setInterval(() => receiver.store(n++), 100) },
  onStop() { clearInterval(this.timer) },
}`

/** A driver on a table with one receiver of this code, on the wall clock and without a checkpoint. */
export function receiverBench(
  receiver: string,
  options: BenchOptions & { readonly conf?: object; readonly prelude?: string } = {},
) {
  const { conf = {}, prelude, ...more } = options
  const document = documentOf(
    { a: ['receiverStream', { receiver }], out: ['print', {}, 'a'] },
    { checkpoint: false, conf, ...(prelude === undefined ? {} : { prelude }) },
  )
  const made = makeBench(document, { clock: 'real', ...more })
  const events: ListenerEvent[] = []
  made.context.addStreamingListener({ onEvent: (event) => events.push(event) })
  const receiverEvents = () =>
    events.flatMap((event) =>
      'receiverInfo' in event ? [[event.kind, event.receiverInfo.lastErrorMessage] as const] : [],
    )
  const blocks = () => made.orders.flatMap((order) => order.blocks.map(({ payload }) => recordsOf(payload)))
  return { ...made, receiverEvents, blocks }
}

function recordsOf(payload: Payload): unknown[] {
  if (payload.kind === 'saved' || payload.kind === 'ascii') return []
  return payload.kind === 'tagged' ? (JSON.parse(payload.text) as unknown[]) : payload.text.split('\n') // an array, by contract
}
