export const outputsWords = {
  'outputs.title': 'Outputs',
} as const
