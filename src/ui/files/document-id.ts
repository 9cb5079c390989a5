/** A new document's id: 128 random bits in hexadecimal. (randomUUID is missing in pages without https.) */
export function freshDocumentId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
