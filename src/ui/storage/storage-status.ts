/** What this browser says of the page's storage. */
export interface StorageStatus {
  /** Of everything that the page stores; undefined where the browser does not tell. */
  readonly usedBytes: number | undefined
  readonly quotaBytes: number | undefined
  /** The browser keeps it until the person deletes it; otherwise it may take it away when space is short. Undefined where it does not tell. */
  readonly kept: boolean | undefined
}

/** From here on a person should know that the room comes to its end. */
const NEARLY_FULL = 0.9

export async function readStorageStatus(): Promise<StorageStatus> {
  const storage = browserStorage()
  const estimate = await storage?.estimate?.().catch(() => undefined)
  const kept = await storage?.persisted?.().catch(() => undefined)
  return { usedBytes: estimate?.usage, quotaBytes: estimate?.quota, kept }
}

export function isNearlyFull({ usedBytes, quotaBytes }: StorageStatus): boolean {
  return usedBytes !== undefined && quotaBytes !== undefined && usedBytes > NEARLY_FULL * quotaBytes
}

/** Asks the browser to keep what is stored for good; some ask the person. Undefined where that cannot be asked. */
export async function askToKeep(): Promise<boolean | undefined> {
  const storage = browserStorage()
  if (storage?.persist === undefined) return undefined
  return await storage.persist().catch(() => undefined)
}

// A cast: absent in pages without https, which the type does not say.
function browserStorage(): StorageManager | undefined {
  return globalThis.navigator?.storage as StorageManager | undefined
}
