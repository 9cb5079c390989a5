import { defineOperator } from '#engine/operator/define-operator.ts'
import { choiceParam, flagParam, optionalDurationParam, urlParam } from '#engine/operator/params.ts'
import { oneInput } from '#engine/operator/ports.ts'

export const webSocketSink = defineOperator({
  name: 'webSocketSink',
  category: 'outputs',
  title: 'WebSocket sink',
  glyph: '⇥',
  summary: 'Sends the records of every batch to a WebSocket server',
  help: 'Connects to a WebSocket server and sends it the records of every batch as JSON text; what JSON cannot hold is tagged, e.g. {"$":"number","v":"NaN"}, and what is empty sends nothing. Messages leave from the driver: your functions cannot send anything. Sending is at-least-once, as with foreachRDD: a batch that runs again after a recovery, or whose connection broke on the way, is sent again from its beginning. With the envelope each message carries the time of its batch and the partition, so that the receiver can keep one copy; mayRepeat marks those that may have come before. When the server refuses, is gone or takes nothing for as long as the timeout, the batch fails with a message, and later batches go on; meanwhile the connection is tried again every few seconds. A WebSocket server does not confirm what it has read: messages it was sent just before it broke down may be lost. From a page that was loaded over https, browsers connect only to wss addresses.',
  inputs: oneInput,
  view: 'text',
  params: {
    url: urlParam({
      label: 'Address',
      help: 'Where to send, e.g. wss://example.org/sink.',
      schemes: ['wss', 'ws'],
    }),
    split: choiceParam({
      label: 'One message per',
      help: 'What one message holds.',
      options: [
        { value: 'records', label: 'Record', help: 'The JSON of one record.' },
        { value: 'partition', label: 'Partition', help: 'A JSON array of the records of one partition.' },
        { value: 'batch', label: 'Batch', help: 'A JSON array of all records, in the order of the partitions.' },
      ],
      fallback: 'records',
      initial: 'records',
    }),
    envelope: flagParam({
      label: 'Envelope',
      help: 'On: a message is an object with timeMs, partition and index as far as they apply, and record or records. Off: it is the record or the array alone.',
      fallback: false,
      initial: false,
    }),
    timeoutMs: optionalDurationParam({
      label: 'Timeout',
      help: 'How long a batch may take to be handed over, in milliseconds of the wall clock; 5000 when left empty. Then it fails.',
      advanced: true,
    }),
  },
  examples: [
    {
      title: 'One message per partition: ["a","b"], then nothing',
      params: { url: 'ws://127.0.0.1:9998', split: 'partition' },
      inputs: [[['a', 'b'], []]],
      expected: [['a', 'b'], []],
    },
    {
      title: 'With an envelope: {"timeMs":1000,"partition":0,"index":0,"record":"a"}',
      params: { url: 'ws://127.0.0.1:9998', envelope: true },
      inputs: [[['a']]],
      expected: [['a']],
    },
  ],
  destinations: ({ url }) => [{ direction: 'writes', address: url }],
  lower: ({ url, split, envelope, timeoutMs = 5000 }, context) => {
    const stream = context.input()
    context.output(stream, { kind: 'send', url, split, envelope, timeoutMs })
    return stream
  },
})
