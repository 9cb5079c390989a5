import { KEPT_VERSIONS, type Library, type StoredDocument, type StoredVersion } from './library.ts'

/** A library that lasts as long as the page: for a browser that refuses to store, and for tests. */
export function createMemoryLibrary(): Library {
  const documents = new Map<string, StoredDocument>()
  const running = new Map<string, string>()
  const consents = new Set<string>()
  let versions: readonly StoredVersion[] = []
  let nextKey = 1
  return {
    documents: async () => [...documents.values()].sort((a, b) => b.openedAtMs - a.openedAtMs),
    findDocument: async (id) => documents.get(id),
    saveDocument: async (document) => {
      documents.set(document.id, document)
    },
    removeDocument: async (id) => {
      documents.delete(id)
      running.delete(id)
      versions = versions.filter((version) => version.documentId !== id)
    },
    versions: async (documentId) => versions.filter((version) => version.documentId === documentId),
    addVersion: async (version) => {
      const own = versions.filter((each) => each.documentId === version.documentId).slice(0, KEPT_VERSIONS - 1)
      const others = versions.filter((each) => each.documentId !== version.documentId)
      versions = [{ ...version, key: nextKey++ }, ...own, ...others]
    },
    findRunning: async (documentId) => running.get(documentId),
    saveRunning: async (documentId, text) => {
      if (text === undefined) running.delete(documentId)
      else running.set(documentId, text)
    },
    hasConsent: async (hash) => consents.has(hash),
    saveConsent: async (hash) => {
      consents.add(hash)
    },
  }
}
