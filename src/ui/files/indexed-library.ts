import { type DBSchema, openDB } from 'idb'
import { KEPT_VERSIONS, type Library, type StoredDocument, type StoredVersion } from './library.ts'

interface LibrarySchema extends DBSchema {
  documents: { key: string; value: StoredDocument }
  versions: { key: number; value: Omit<StoredVersion, 'key'> & { key?: number }; indexes: { documentId: string } }
  running: { key: string; value: string }
  consents: { key: string; value: number }
}

/** The library in IndexedDB. Rejects when this browser refuses to store. */
export async function openIndexedLibrary(name = 'sluice-library'): Promise<Library> {
  const db = await openDB<LibrarySchema>(name, 1, {
    upgrade(fresh) {
      fresh.createObjectStore('documents', { keyPath: 'id' })
      fresh
        .createObjectStore('versions', { keyPath: 'key', autoIncrement: true })
        .createIndex('documentId', 'documentId')
      fresh.createObjectStore('running')
      fresh.createObjectStore('consents')
    },
  })
  return {
    documents: async () => (await db.getAll('documents')).sort((a, b) => b.openedAtMs - a.openedAtMs),
    findDocument: (id) => db.get('documents', id),
    saveDocument: async (document) => {
      const transaction = db.transaction('documents', 'readwrite')
      const written = transaction.store.put(document)
      // A page that goes away cannot commit by itself any more.
      transaction.commit()
      await Promise.all([written, transaction.done])
    },
    removeDocument: async (id) => {
      const transaction = db.transaction(['documents', 'versions', 'running'], 'readwrite')
      await transaction.objectStore('documents').delete(id)
      await transaction.objectStore('running').delete(id)
      for (const key of await transaction.objectStore('versions').index('documentId').getAllKeys(id)) {
        await transaction.objectStore('versions').delete(key)
      }
      await transaction.done
    },
    versions: async (documentId) => {
      const found = await db.getAllFromIndex('versions', 'documentId', documentId)
      // Stored rows have the key that the database gave them.
      return found.map((version) => ({ ...version, key: version.key ?? 0 })).reverse()
    },
    addVersion: async (version) => {
      const transaction = db.transaction('versions', 'readwrite')
      await transaction.store.add({ ...version })
      const keys = await transaction.store.index('documentId').getAllKeys(version.documentId)
      for (const key of keys.slice(0, Math.max(0, keys.length - KEPT_VERSIONS))) await transaction.store.delete(key)
      await transaction.done
    },
    findRunning: (documentId) => db.get('running', documentId),
    saveRunning: async (documentId, text) => {
      if (text === undefined) await db.delete('running', documentId)
      else await db.put('running', text, documentId)
    },
    hasConsent: async (hash) => (await db.get('consents', hash)) !== undefined,
    saveConsent: async (hash, atMs) => {
      await db.put('consents', atMs, hash)
    },
  }
}
