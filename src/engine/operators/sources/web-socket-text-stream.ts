import { defineOperator } from '#engine/operator/define-operator.ts'
import { choiceParam, flagParam, numberParam, optionalJsonParam, urlParam } from '#engine/operator/params.ts'

export const webSocketTextStream = defineOperator({
  name: 'webSocketTextStream',
  category: 'sources',
  title: 'WebSocket',
  glyph: '⇋',
  summary: 'Lines of text from a WebSocket server',
  help: 'Connects to a WebSocket server and makes a record of every line it sends, in the batch in which it arrives. It sends nothing itself. A receiver holds the connection and takes up one core for as long as the pipeline runs, so the master needs one core more than there are receivers, e.g. local[2] for one. When the connection is lost it is opened again after a pause; what was sent in between is lost, and nothing can be fetched again after a recovery. A server that sends faster than batches are processed is made to wait by the command line and by browsers that can (Chromium). From a page that was loaded over https, browsers connect only to wss addresses, not to ws.',
  inputs: [],
  output: 'any',
  feed: 'receiver',
  params: {
    url: urlParam({
      label: 'Address',
      help: 'Where to connect, e.g. wss://example.org/feed.',
      schemes: ['wss', 'ws'],
    }),
    protocols: optionalJsonParam<readonly string[]>({
      label: 'Subprotocols',
      help: 'Names of WebSocket subprotocols to offer to the server, as a list of texts. Most servers need none.',
      shape: 'texts',
      advanced: true,
    }),
    split: choiceParam({
      label: 'One record per',
      help: 'Whether a message that holds several lines becomes several records.',
      options: [
        { value: 'lines', label: 'Line' },
        { value: 'message', label: 'Message' },
      ],
      fallback: 'lines',
      initial: 'lines',
    }),
    json: flagParam({
      label: 'Read as JSON',
      help: 'On: each record is the JSON value that its text spells. Off: it is the text.',
      fallback: false,
    }),
    maxRate: numberParam({
      label: 'Highest rate',
      help: 'At most this many records a second are taken; 0 means no limit. The rest waits.',
      min: 0,
      max: 10_000_000,
      fallback: 0,
      advanced: true,
    }),
  },
  examples: [],
  destinations: ({ url }) => [{ direction: 'reads', address: url }],
  lower: ({ url, protocols, split, json, maxRate }, context) =>
    context.add({
      kind: 'source',
      feed: {
        kind: 'receiver',
        receiver: { kind: 'webSocket', url, protocols: protocols ?? [], split, json, maxRate },
      },
    }),
})
