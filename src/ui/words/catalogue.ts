import { canvasWords } from '#ui/words/en/canvas.ts'
import { checkpointWords } from '#ui/words/en/checkpoint.ts'
import { codeEditorWords } from '#ui/words/en/code-editor.ts'
import { consentWords } from '#ui/words/en/consent.ts'
import { consoleWords } from '#ui/words/en/console.ts'
import { dataWords } from '#ui/words/en/data.ts'
import { engineWords } from '#ui/words/en/engine.ts'
import { faultsWords } from '#ui/words/en/faults.ts'
import { figuresWords } from '#ui/words/en/figures.ts'
import { filesWords } from '#ui/words/en/files.ts'
import { galleryWords } from '#ui/words/en/gallery.ts'
import { goToRecordWords } from '#ui/words/en/go-to-record.ts'
import { inspectorWords } from '#ui/words/en/inspector.ts'
import { memoryWords } from '#ui/words/en/memory.ts'
import { outputsWords } from '#ui/words/en/outputs.ts'
import { packedWords } from '#ui/words/en/packed.ts'
import { paletteWords } from '#ui/words/en/palette.ts'
import { problemsWords } from '#ui/words/en/problems.ts'
import { resumeWords } from '#ui/words/en/resume.ts'
import { runWords } from '#ui/words/en/run.ts'
import { savedWords } from '#ui/words/en/saved.ts'
import { shellWords } from '#ui/words/en/shell.ts'
import { storageWords } from '#ui/words/en/storage.ts'
import { tabBannerWords, tabsWords } from '#ui/words/en/tabs.ts'
import { timelineWords } from '#ui/words/en/timeline.ts'

/** Every English string that the page may need at its start, in ICU message format, by id. */
export const english = {
  ...shellWords,
  ...runWords,
  ...engineWords,
  ...filesWords,
  ...consentWords,
  ...galleryWords,
  ...canvasWords,
  ...paletteWords,
  ...inspectorWords,
  ...codeEditorWords,
  ...dataWords,
  ...outputsWords,
  ...timelineWords,
  ...problemsWords,
  ...savedWords,
  ...tabsWords,
} as const

/** Those of parts whose code comes later: they come with it, see late-words.ts. */
export const lateEnglish = {
  ...checkpointWords,
  ...faultsWords,
  ...storageWords,
  ...tabBannerWords,
  ...figuresWords,
  ...resumeWords,
  ...packedWords,
  ...consoleWords,
  ...memoryWords,
  ...goToRecordWords,
} as const

export type StartWordId = keyof typeof english
export type LateWordId = keyof typeof lateEnglish
export type WordId = StartWordId | LateWordId
