export const galleryWords = {
  'gallery.title': 'Gallery',
} as const
