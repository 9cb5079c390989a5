/** Characters, which are bytes for the most part. */
export function sizeOf(entries: ReadonlyMap<string, string>): number {
  let bytes = 0
  for (const [key, text] of entries) bytes += key.length + text.length
  return bytes
}
