export const galleryWords = {
  'gallery.title': 'Gallery',
  'gallery.text': 'Opening a piece starts it at once. What you have changed stays in “Your pipelines”.',
} as const
