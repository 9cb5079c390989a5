import type { EngineClient } from '#ui/engine/engine-client.ts'
import type { DocumentState } from '#ui/state/document-store.ts'
import type { Notice } from '#ui/theme/notify.ts'
import { t } from '#ui/words/words.ts'

/** Hands the person the pipeline with its run, as of its last checkpoint, as one file; gives what there is to say about it. */
export async function saveWithRun({ id, pipeline }: DocumentState, client: EngineClient): Promise<Notice> {
  const run = await client.storage.exportRun(id)
  if (run.ok) {
    // Seldom needed, so it comes when it is.
    const { saveRunFile } = await import('./run-file.ts')
    const name = await saveRunFile(pipeline.name, run.value)
    return { text: t('files.savedFile', { name }), more: t('files.savedRunMore'), kind: 'good' }
  }
  const [problem] = run.error
  const more = [problem?.message, problem?.hint].filter(Boolean).join(' ')
  return { text: t('files.runNotSaved'), more, kind: 'bad' }
}
