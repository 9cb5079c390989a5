/** Hands a blob to the person as a file. */
export function saveBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has taken the blob by the next task at the latest.
  setTimeout(() => URL.revokeObjectURL(url))
}
