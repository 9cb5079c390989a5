export const paletteWords = {
  'palette.title': 'Palette',
} as const
