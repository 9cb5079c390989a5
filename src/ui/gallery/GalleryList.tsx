import type { ReactNode } from 'react'
import styles from './GalleryList.module.css'
import { type GalleryPiece, galleryPieces } from './gallery.ts'

export interface GalleryListProps {
  readonly onOpen: (piece: GalleryPiece) => void
}

/** All pipelines that ship with the app, each with what it shows. */
export function GalleryList({ onOpen }: GalleryListProps): ReactNode {
  return (
    <ul className={styles.list}>
      {galleryPieces.map((piece) => (
        <li key={piece.id}>
          <button type="button" className={styles.piece} onClick={() => onOpen(piece)}>
            <span className={styles.name}>{piece.pipeline.name}</span>
            <span className={styles.text}>{piece.pipeline.description}</span>
            <span className={styles.operators}>
              {[...new Set(piece.pipeline.nodes.map((node) => node.op))].join(' · ')}
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}
