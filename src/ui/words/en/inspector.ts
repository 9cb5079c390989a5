export const inspectorWords = {
  'inspector.title': 'Inspector',
} as const
