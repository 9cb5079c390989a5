import { compiledLateEnglish } from './late-english.gen.ts'
import { addWords } from './words.ts'

let isLoaded = false

/** Has the words of late parts ready; each of these parts calls it before it is drawn. */
export function loadLateWords(): void {
  if (!isLoaded) addWords(compiledLateEnglish)
  isLoaded = true
}
