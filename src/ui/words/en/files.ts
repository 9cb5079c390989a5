export const filesWords = {
  'files.title': 'Files',
} as const
