import { defineOperator } from '#engine/operator/define-operator.ts'
import { functionParam } from '#engine/operator/params.ts'

/** Unreliable: records one by one, a new one twice a second. */
const INITIAL = `{
  onStart(receiver) {
    let n = 0
    this.timer = setInterval(() => receiver.store(n++), 500)
  },
  onStop() {
    clearInterval(this.timer)
  },
}`

export const receiverStream = defineOperator({
  name: 'receiverStream',
  category: 'sources',
  title: 'Custom receiver',
  glyph: '⚡',
  summary: 'Records from a receiver that you write',
  help: 'Runs a receiver of your own, as ssc.receiverStream(receiver) does: an object with onStart and onStop, or a class that extends Receiver. onStart must return at once; it sets timers (setTimeout, setInterval) that store records, and onStop ends them. receiver.store(record) puts one record into the next block and gives a promise: await it, and the receiver is held back by the rate limit and by full queues; do not, and records beyond 100,000 that wait are dropped. Such a receiver is unreliable: what is in no block yet is lost when the tab closes. receiver.store([records]), with an array or an iterator, stores them as one block at once, past the rate limit, and its promise resolves only when the block is accepted and, with the write-ahead log on, logged: await it, then acknowledge your source, and the receiver is reliable. A record that is an array itself, such as a pair, goes through receiver.storeItem(pair). Besides there are reportError(message, error), restart(message, error, delayMs), stop(message), isStarted(), isStopped() and streamId. A receiver that stops, or whose onStart throws, is started again; one that hangs is ended and started again. It lives in real time whatever the clock of the pipeline does, in a sandbox without network, and takes up one core for as long as the pipeline runs, so the master needs one core more than there are receivers.',
  inputs: [],
  output: 'any',
  feed: 'receiver',
  params: {
    receiver: functionParam({
      label: 'Receiver',
      help: 'An object with onStart(receiver) and onStop(), a class that extends Receiver, or a function that gives such an object.',
      signature: '{ onStart(receiver): void, onStop?(): void }',
      gives: 'receiver',
      initial: INITIAL,
    }),
  },
  examples: [],
  lower: ({ receiver }, context) =>
    context.add({ kind: 'source', feed: { kind: 'receiver', receiver: { kind: 'custom', code: receiver } } }),
})
