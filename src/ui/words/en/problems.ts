export const problemsWords = {
  'problems.title': 'Problems',
} as const
