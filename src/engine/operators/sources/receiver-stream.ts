import { defineOperator } from '#engine/operator/define-operator.ts'
import { functionParam } from '#engine/operator/params.ts'

const UNRELIABLE = `{
  onStart(receiver) {
    let n = 0
    this.timer = setInterval(() => receiver.store(n++), 500)
  },
  onStop() {
    clearInterval(this.timer)
  },
}`

const RELIABLE = `class Orders extends Receiver {
  onStart() {
    this.acknowledged = 0
    this.read()
  }

  async read() {
    while (!this.isStopped()) {
      // What a source would send again until it is acknowledged.
      const orders = [1, 2, 3].map(i => this.acknowledged + i)
      try {
        await this.store(orders)
        this.acknowledged += orders.length
      } catch (error) {
        this.reportError('Not stored', error)
      }
      await new Promise(resolve => setTimeout(resolve, 500))
    }
  }

  onStop() {}
}`

const RESTARTING = `{
  onStart(receiver) {
    let n = 0
    this.timer = setInterval(() => {
      if (++n === 10) receiver.restart('The source is gone', new Error('timeout'), 1000)
      else receiver.store(new Date())
    }, 200)
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
  help: 'Runs a receiver of your own: an object with onStart and onStop, or a class that extends Receiver. onStart returns at once; it sets timers that store records, and onStop ends them. receiver.store(record) puts a record into the next block: await it, and the receiver keeps to the rate limit; do not, and records beyond 100,000 that wait are dropped. What is in no block yet is lost when the tab closes. receiver.store([…]), of an array or an iterator, stores one block at once, past the rate limit: await it, then acknowledge your source, and nothing is lost while the write-ahead log is on. A record that is an array itself, such as a pair, goes through receiver.storeItem(pair). There are also reportError(message, error), restart(message, error, delayMs), stop(message), isStarted(), isStopped() and streamId. A receiver that stops, throws in onStart or hangs is started again. It lives in real time whatever the clock of the pipeline does, in a sandbox without network, and takes up one core, so the master needs one core more than there are receivers.',
  inputs: [],
  output: 'any',
  feed: 'receiver',
  params: {
    receiver: functionParam({
      label: 'Receiver',
      help: 'An object with onStart(receiver) and onStop(), a class that extends Receiver, or a function that gives such an object.',
      signature: '{ onStart(receiver): void, onStop?(): void }',
      gives: 'receiver',
      initial: UNRELIABLE,
    }),
  },
  examples: [],
  snippets: [
    { title: 'Record by record', code: UNRELIABLE },
    { title: 'Reliable: blocks, acknowledged when they are stored', code: RELIABLE },
    { title: 'Starting again when the source fails', code: RESTARTING },
  ],
  lower: ({ receiver }, context) =>
    context.add({
      kind: 'source',
      feed: { kind: 'receiver', receiver: { kind: 'custom', code: receiver, param: 'receiver' } },
    }),
})
