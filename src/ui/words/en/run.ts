export const runWords = {
  'run.title': 'Run',
} as const
