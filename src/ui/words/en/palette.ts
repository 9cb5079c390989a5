export const paletteWords = {
  'palette.search': 'Search operators',
  'palette.category.sources': 'Sources',
  'palette.category.transformations': 'Transformations',
  'palette.category.pairs': 'Pairs',
  'palette.category.windows': 'Windows',
  'palette.category.joins': 'Joins',
  'palette.category.state': 'State',
  'palette.category.outputs': 'Outputs',
  'palette.examples': 'Examples',
  'palette.none.title': 'No operator found',
  'palette.none.text':
    'Nothing is called or does “{query}”. Try a word such as window, join or count, or clear the search.',
  'palette.clear': 'Clear the search',
  'palette.found': '{count, plural, one {# operator} other {# operators}}',
} as const
