import { type Diagnostic, problem } from '#engine/model/diagnostic.ts'
import { parsePipelineText } from '#engine/model/parse-pipeline.ts'
import { FORMAT, type Pipeline } from '#engine/model/pipeline.ts'
import { printPipeline } from '#engine/model/print-pipeline.ts'
import { err } from '#engine/model/result.ts'
import type { EngineClient } from '#ui/engine/engine-client.ts'
import type { DocumentStore, Origin } from '#ui/state/document-store.ts'
import type { Consent, SessionStore } from '#ui/state/session-store.ts'
import type { Seats } from '#ui/tabs/seats.ts'
import type { Notify } from '#ui/theme/notify.ts'
import { t } from '#ui/words/words.ts'
import type { Autosave } from './autosave.ts'
import { defaultClock } from './default-clock.ts'
import { freshDocumentId } from './document-id.ts'
import { isRunFile } from './is-run-file.ts'
import type { Library, StoredDocument, StoredVersion } from './library.ts'
import { parseShareHash } from './share-link.ts'

export interface DeskSurroundings {
  readonly document: DocumentStore
  readonly session: SessionStore
  readonly client: EngineClient
  readonly library: Library
  readonly autosave: Autosave
  readonly seats: Pick<Seats, 'take' | 'follow' | 'isElsewhere'>
  readonly notify: Notify
  /** Whether a stranger's document may run, from what was agreed to before. */
  readonly consentOf: (pipeline: Pipeline) => Promise<Consent>
}

interface LayOptions {
  readonly stored?: StoredDocument | undefined
  /** Takes the document also from a tab that does not let go of it. */
  readonly steal?: boolean
  /** Fetches what belongs to the document, before it is shown. */
  readonly bring?: () => Promise<void>
}

/** Opens and closes documents: one lies on the desk at a time. */
export class Desk {
  readonly #around: DeskSurroundings

  constructor(around: DeskSurroundings) {
    this.#around = around
  }

  /** A pipeline as a new document. One of the gallery's, or one whose code was agreed to, runs at once. */
  async openNew(pipeline: Pipeline, origin: Origin): Promise<void> {
    const twin = origin === 'own' || origin === 'gallery' ? undefined : await this.#findTwin(pipeline)
    const owned = await this.#lay(twin?.id ?? freshDocumentId(), pipeline, origin, { stored: twin })
    if (owned && origin !== 'own' && this.#around.session.getState().consent === 'given')
      await this.#around.client.run('fresh')
  }

  /** Text from outside. What cannot be read changes nothing and is shown with its problems. */
  async openText(text: string, origin: 'file' | 'link', name: string): Promise<boolean> {
    const parsed = parsePipelineText(text)
    if (parsed.ok) {
      await this.openNew(parsed.value, origin)
      return true
    }
    this.#showUnreadable(name, text, parsed.error)
    return false
  }

  async openHash(hash: string): Promise<boolean> {
    const unpacked = await parseShareHash(hash)
    if (unpacked.ok) return await this.openText(unpacked.value, 'link', t('files.aLink'))
    this.#showUnreadable(t('files.aLink'), hash, [unpacked.error])
    return false
  }

  async openFile(file: File): Promise<boolean> {
    if (await isRunFile(file)) return await this.#openRun(file)
    return await this.openText(await file.text(), 'file', file.name)
  }

  /** A stranger's pipeline with its run: the clock stands where the run was saved, once the person has agreed to the code. */
  async #openRun(file: File): Promise<boolean> {
    const { client, session } = this.#around
    const { unpackRun } = await import('./run-file.ts')
    const text = await unpackRun(file)
    const run = text.ok ? await client.storage.readRun(text.value) : err([text.error])
    if (!text.ok || !run.ok) {
      if (!run.ok) this.#showUnreadable(file.name, '', run.error)
      return false
    }
    const id = freshDocumentId()
    const bring = async (): Promise<void> => {
      const brought = await client.storage.importRun(id, text.value)
      if (!brought.ok) this.#showUnreadable(file.name, '', brought.error)
    }
    await this.#lay(id, run.value.pipeline, 'file', { bring })
    if (session.getState().consent === 'given') await client.run('resume', { paused: true })
    return true
  }

  /** A document of this browser; it goes on running if it ran when it was last seen, and is followed if another tab has it. */
  async openStored(stored: StoredDocument): Promise<boolean> {
    const parsed = parsePipelineText(stored.text)
    if (!parsed.ok) {
      this.#showUnreadable(stored.name, stored.text, parsed.error)
      return false
    }
    if (await this.#lay(stored.id, parsed.value, stored.origin, { stored })) await this.#comeBack(stored)
    return true
  }

  /** The document that this tab has followed becomes its own. `running` is the version that its last owner stopped for that.
   *  `steal` takes it from an owner that does not answer. */
  async takeOver({
    steal,
    running,
  }: {
    readonly steal: boolean
    readonly running?: string | undefined
  }): Promise<void> {
    const { document, library, client } = this.#around
    const { id, pipeline, origin } = document.getState()
    const stored = await library.findDocument(id).catch(() => undefined)
    const parsed = stored === undefined ? undefined : parsePipelineText(stored.text)
    const newest = parsed?.ok === true ? parsed.value : pipeline
    if (running !== undefined) await library.saveRunning(id, running).catch(() => {})
    if (!(await this.#lay(id, newest, stored?.origin ?? origin, { stored, steal }))) return
    if (running !== undefined) await client.run('resume')
    else if (stored !== undefined) await this.#comeBack(stored)
  }

  /** The document on the desk once more, with a life of its own. */
  async openCopy(): Promise<void> {
    const { pipeline, origin } = this.#around.document.getState()
    await this.#lay(freshDocumentId(), pipeline, origin)
  }

  async createEmpty(): Promise<void> {
    const settings = {
      batchMs: 1000,
      master: 'local[2]',
      checkpoint: true,
      seed: 1,
      conf: { 'spark.streaming.receiver.writeAheadLog.enable': true },
    }
    const pipeline: Pipeline = {
      format: FORMAT,
      name: t('files.untitled'),
      description: '',
      settings,
      nodes: [],
      edges: [],
      notes: [],
      groups: [],
    }
    await this.openNew(pipeline, 'own')
  }

  /** An earlier state comes back as one step that can be undone. */
  restoreVersion(version: StoredVersion): void {
    const parsed = parsePipelineText(version.text)
    if (parsed.ok) this.#around.document.getState().replace(parsed.value, t('files.restored'))
    else this.#showUnreadable(version.name, version.text, parsed.error)
  }

  /** Throws a stored document away; for a while it can be had back. The one on the desk stays. */
  async remove(stored: StoredDocument): Promise<void> {
    const { library, client, notify, seats } = this.#around
    if (stored.id === this.#around.document.getState().id) return
    if (await seats.isElsewhere(stored.id)) {
      notify({ text: t('files.openElsewhere'), more: t('files.openElsewhereMore') })
      return
    }
    const versions = await library.versions(stored.id)
    await library.removeDocument(stored.id)
    await client.storage.forget(stored.id)
    const bringBack = async (): Promise<void> => {
      await library.saveDocument(stored)
      for (const { key: _old, ...version } of [...versions].reverse()) await library.addVersion(version)
    }
    notify({
      text: t('files.removed', { name: stored.name }),
      action: { label: t('files.undoRemove'), run: () => void bringBack() },
    })
  }

  /** Lays a document on the desk. False: another tab owns it, and it is followed here. */
  async #lay(id: string, pipeline: Pipeline, origin: Origin, more: LayOptions = {}): Promise<boolean> {
    const { stored, steal = false, bring } = more
    const { document, session, client, library, autosave, seats } = this.#around
    await autosave.flush()
    await client.leave()
    await this.#forgetUntouched(document.getState().id, id)
    const owned = await seats.take(id, { steal })
    await bring?.()
    const consent = owned ? await this.#consent(pipeline, origin) : 'given'
    const carries = consent !== 'given' && (await client.findCheckpoint(id)) !== undefined
    document.getState().open({ id, pipeline, origin })
    // The code of the run that came with it is the code that is shown, as long as nobody has agreed to it.
    if (carries) document.getState().lock(problem('document/not-agreed', t('files.notAgreed')))
    session.getState().forgetDocument()
    session.getState().setClock(defaultClock(document.getState().checked))
    if (!owned) {
      await seats.follow({ takesAtOnce: true })
      return false
    }
    session.getState().setConsent(consent)
    // What was agreed to is the person's own from now on, and so are their edits to it.
    const adopted = consent === 'given' && origin !== 'gallery' ? 'own' : origin
    if (adopted !== origin) document.getState().adopt()
    const openedAtMs = Date.now()
    const kept = stored ?? { edited: false, savedAtMs: openedAtMs }
    const text = printPipeline(pipeline)
    await library.saveDocument({ ...kept, id, name: pipeline.name, text, origin: adopted, openedAtMs }).catch(() => {})
    return true
  }

  async #consent(pipeline: Pipeline, origin: Origin): Promise<Consent> {
    return origin === 'gallery' || origin === 'own' ? 'given' : await this.#around.consentOf(pipeline)
  }

  /** The same link or file as it was opened before, if nothing was changed since. */
  async #findTwin(pipeline: Pipeline): Promise<StoredDocument | undefined> {
    const text = printPipeline(pipeline)
    const documents = await this.#around.library.documents().catch(() => [])
    return documents.find((stored) => !stored.edited && stored.origin !== 'gallery' && stored.text === text)
  }

  /** A gallery piece that was only looked at leaves nothing behind, nor does a document with nothing in it. */
  async #forgetUntouched(id: string, next: string): Promise<void> {
    const { library, client, document } = this.#around
    const isOthers = document.getState().locked !== undefined
    const stored = id === next || isOthers ? undefined : await library.findDocument(id).catch(() => undefined)
    if (stored === undefined || stored.edited) return
    const empty = document.getState().pipeline.nodes.length === 0
    if (stored.origin !== 'gallery' && !empty) return
    await library.removeDocument(id)
    await client.storage.forget(id)
  }

  async #comeBack({ id, origin, edited }: StoredDocument): Promise<void> {
    const { client, library, session } = this.#around
    if (session.getState().consent !== 'given') return
    const checkpoint = await client.findCheckpoint(id)
    // A piece of the gallery runs at once, also when the page was reloaded before it came to that.
    const neverBegan = checkpoint === undefined && origin === 'gallery' && !edited
    if (checkpoint?.running === true) await client.run('resume')
    else if (neverBegan || (await library.findRunning(id)) !== undefined) await client.run('fresh')
  }

  #showUnreadable(name: string, text: string, diagnostics: readonly Diagnostic[]): void {
    this.#around.session.getState().showUnreadable({ name, text, diagnostics })
  }
}
