export const consoleWords = {
  'console.title': 'Console',
  'console.about': 'What functions log',
  'console.shared': 'shared code',
  'console.goto': 'Go to {place}',
  'console.more': '{place}: … and {count} more',
  'console.warn': 'Warning',
  'console.error': 'Error',
} as const
