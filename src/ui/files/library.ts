import type { Origin } from '#ui/state/document-store.ts'

/** A document in this browser's storage. */
export interface StoredDocument {
  readonly id: string
  readonly name: string
  /** As printPipeline writes it. */
  readonly text: string
  readonly origin: Origin
  /** Changed since it was opened for the first time; gallery pieces that were only looked at are not kept. */
  readonly edited: boolean
  /** Wall ms. */
  readonly openedAtMs: number
  readonly savedAtMs: number
}

/** An earlier state of a document. */
export interface StoredVersion {
  readonly key: number
  readonly documentId: string
  readonly name: string
  readonly text: string
  /** Wall ms when it was the newest. */
  readonly savedAtMs: number
}

/** Versions kept of one document. */
export const KEPT_VERSIONS = 50

/** What this browser remembers between visits. */
export interface Library {
  /** Newest opened first. */
  documents(): Promise<readonly StoredDocument[]>
  findDocument(id: string): Promise<StoredDocument | undefined>
  saveDocument(document: StoredDocument): Promise<void>
  /** With its versions. */
  removeDocument(id: string): Promise<void>
  /** Newest first. */
  versions(documentId: string): Promise<readonly StoredVersion[]>
  /** Forgets the eldest beyond KEPT_VERSIONS. */
  addVersion(version: Omit<StoredVersion, 'key'>): Promise<void>
  /** The version of a document that runs, as text; undefined when it does not. */
  findRunning(documentId: string): Promise<string | undefined>
  saveRunning(documentId: string, text: string | undefined): Promise<void>
  hasConsent(hash: string): Promise<boolean>
  saveConsent(hash: string, atMs: number): Promise<void>
}
