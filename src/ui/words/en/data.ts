export const dataWords = {
  'data.title': 'Data',
} as const
