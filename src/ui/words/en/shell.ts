export const shellWords = {
  'shell.app': 'Sluice',
} as const
