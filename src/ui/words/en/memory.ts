export const memoryWords = {
  'memory.title': 'Storage Memory',
  'memory.of': '/ {budget}',
  'memory.value': '{used} of {budget}, {percent}%',
  'memory.full': '{percent}% full',
  'memory.about':
    'Storage Memory is what executors keep between batches: states, windows, persisted RDDs. By estimate {kept} in all; the fullest executor keeps {used} of the {budget} that spark.executor.memory gives each.',
  'memory.advice':
    'Beyond it jobs fail. Keep less: shorter windows, states that time out or are given up, unpersist. Or spread it over more executors, or raise spark.executor.memory in the pipeline’s settings.',
  'memory.nearlyFull': 'Storage Memory is nearly full.',
} as const
