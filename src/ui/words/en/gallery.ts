export const galleryWords = {
  'gallery.title': 'Gallery',
  'gallery.text': 'Opening a piece starts it at once. What you had open stays in “Your pipelines”.',
} as const
