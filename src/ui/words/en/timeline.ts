export const timelineWords = {
  'timeline.title': 'Timeline',
} as const
