// Small choices of a person that outlive the page: theme, sizes of panels. Never anything of a document.

const PREFIX = 'sluice.'

/** What was stored under `key`; null also where the browser refuses to store. */
function read(key: string): string | null {
  try {
    return localStorage.getItem(PREFIX + key)
  } catch {
    return null
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + key, value)
  } catch {
    // A choice that cannot be kept is asked for again at the next visit.
  }
}

/** In the shape that libraries expect of a storage. */
export const preferences = { getItem: read, setItem: write }
