/** When a state is told whole, and how fast. */
export interface Pace {
  /** Edits of fewer characters are worth no whole: a few puts that nobody feels. */
  readonly leastChars: number
  /** So many edits are worth a whole: each costs a recovery little, and each is an entry of the store. */
  readonly mostEdits: number
  /** Characters of a piece over those of the edit beside it: with more a recovery reads less, and a batch waits longer. */
  readonly piecePerEdit: number
  /** Characters of a piece at least; a whole of fewer is told at once. */
  readonly leastPiece: number
  /** Batches over which a whole is told. */
  readonly mostPieces: number
}

export const usualPace: Pace = {
  leastChars: 4096,
  mostEdits: 400,
  piecePerEdit: 1,
  leastPiece: 16_384,
  mostPieces: 200,
}

/** A state that has come to so many times of what is worth a whole is told at once: piece by piece it has not come about, as executors were lost again and again. */
export const OVERDUE = 4

/** Edits that one state may take when it is read: more than ever lie between two wholes and those before. */
export const MOST_EDITS_READ = 5000
