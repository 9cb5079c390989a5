import type { ReactNode } from 'react'
import { Hint } from '#ui/theme/Hint.tsx'
import type { GalleryListProps } from './GalleryList.tsx'
import styles from './GalleryShortList.module.css'
import { galleryPieces } from './gallery.ts'

/** The gallery as a list of names, for the foot of the palette. */
export function GalleryShortList({ onOpen }: GalleryListProps): ReactNode {
  return (
    <ul>
      {galleryPieces.map((piece) => (
        <li key={piece.id}>
          <Hint text={piece.pipeline.description} side="right">
            <button type="button" className={styles.piece} onClick={() => onOpen(piece)}>
              {piece.pipeline.name}
            </button>
          </Hint>
        </li>
      ))}
    </ul>
  )
}
