import type { Desk } from '#ui/files/desk.ts'
import type { Library } from '#ui/files/library.ts'
import { isShareHash } from '#ui/files/share-link.ts'
import { firstPiece } from '#ui/gallery/gallery.ts'

/** What a visit begins with: the pipeline of a link, else the one that was open last, else the first of the gallery. */
export async function startPage(desk: Desk, library: Library): Promise<void> {
  window.addEventListener('hashchange', () => {
    if (isShareHash(window.location.hash)) void openLink(desk)
  })
  if (isShareHash(window.location.hash) && (await openLink(desk))) return
  const [last] = await library.documents().catch(() => [])
  if (last !== undefined && (await desk.openStored(last))) return
  await desk.openNew(firstPiece().pipeline, 'gallery')
}

async function openLink(desk: Desk): Promise<boolean> {
  const { hash, pathname, search } = window.location
  // From now on the document lives in this browser: a reload must find it, with the edits made since, not the link again.
  history.replaceState(null, '', pathname + search)
  return await desk.openHash(hash)
}
