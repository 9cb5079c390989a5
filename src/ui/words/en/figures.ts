/** Charts, counters and sinks: their views come when they are first shown. */
export const figuresWords = {
  'outputs.figures.form': 'Form of {node}',
  'outputs.figures.counter': 'Counter',
  'outputs.figures.lines': 'Lines',
  'outputs.figures.bars': 'Bars',
  'outputs.figures.ranking': 'Ranking',
  'outputs.figures.table': 'Table',
  'outputs.figures.none': 'No batch has been measured yet.',
  'outputs.figures.others': 'others',
  'outputs.figures.value': 'value',
  'outputs.figures.time': 'Batch',
  'outputs.figures.total': 'All batches',
  'outputs.figures.recent':
    '{count, plural, one {The newest batch} other {The newest # batches}}: {least} to {greatest}',
  'outputs.figures.hide': 'Hide {name}',
  'outputs.figures.show': 'Draw {name} again',
  'outputs.figures.chart': 'Chart of {node}, {count, plural, one {# batch} other {# batches}}',
  'outputs.figures.help':
    'Arrow keys read one batch after the other. Enter shows a batch on the whole screen, Escape goes back to live.',
  'outputs.figures.tableOf': 'Figures of {node} by batch',
  'outputs.sink.connecting': 'Connecting to {address}',
  'outputs.sink.open': 'Connected to {address}',
  'outputs.sink.refused': 'Refused by {address}: trying again',
  'outputs.sink.lost': 'Lost {address}: trying again',
  'outputs.sink.stopped': 'Not connected to {address}',
  'outputs.sink.messages': '{count, plural, one {# message} other {# messages}} sent',
  'outputs.sink.waiting': '{waiting} still to be sent',
} as const
