export const canvasWords = {
  'canvas.title': 'Canvas',
} as const
