import { plainName } from '#ui/download/plain-name.ts'
import { saveBlob } from '#ui/download/save-blob.ts'

/** The file that a pipeline of this name is saved as. */
export function fileNameOf(name: string): string {
  return `${plainName(name)}.json`
}

/** Hands a text to the person as a file. */
export function saveFile(name: string, text: string): void {
  saveBlob(name, new Blob([text], { type: 'application/json' }))
}
