export const packedWords = {
  'packed.runs': 'Runs on bytes',
  'packed.runsHelp':
    'Reads the text of each block as it came, and makes no record for each line, word or pair. Results, counts and samples are the same, sooner. Records are made while somebody looks at them, and of a block that holds something out of the ordinary.',
  'packed.records': 'Makes records',
  'packed.recordsBefore': 'Makes records, because of {node}',
  'packed.function': 'From {node} on records are made one by one: {part} is not known as built-in work on text.',
  'packed.functionWhole':
    'From {node} on records are made one by one: its function is not known as built-in work on text.',
  'packed.grouping':
    'Records are made one by one, because {node} takes them: only sums and extremes of numbers by key are found on the bytes of the text.',
  'packed.wanted': 'Records are made one by one, because those of {node} are wanted as they are.',
  'packed.long': 'Records are made one by one, because up to {node} this is a chain of more than 64 steps.',
} as const
