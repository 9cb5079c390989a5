export const engineWords = {
  'engine.notRunning': 'Nothing is running: start the pipeline first.',
  'engine.noAnswer': 'they stopped answering',
  'engine.executorError': 'Executor {index}: {text}',
  'engine.noFiles': 'the driver stopped working; try again.',
  'engine.driverDiedTooOften':
    'The driver stopped working several times within a minute ({reason}). That is a fault of Sluice.',
  'engine.killed': 'it was killed on demand',
} as const
