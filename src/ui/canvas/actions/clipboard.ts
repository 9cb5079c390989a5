import { parsePipelineText } from '#engine/model/parse-pipeline.ts'
import type { CanvasDesk } from '#ui/canvas/canvas-desk.ts'
import { notify } from '#ui/theme/notify.ts'
import { t } from '#ui/words/words.ts'
import { printFragment, takeFragment } from './fragment.ts'
import { planDelete, planPaste } from './plan-change.ts'
import { printShortcut } from './shortcut.ts'

/** The selected nodes as text; undefined when there are none. Says that they were copied. */
export function copyText(desk: CanvasDesk): string | undefined {
  const fragment = takeFragment(desk.pipeline, desk.targets)
  if (fragment.nodes.length === 0) return undefined
  desk.say(t('canvas.said.copied', { count: fragment.nodes.length }))
  return printFragment(fragment, desk.pipeline.name)
}

/** Removes what copyText gave. */
export function removeCopied(desk: CanvasDesk): void {
  const nodes = desk.targets
  const edit = planDelete(desk.pipeline, { nodes, edges: [] }, t('canvas.undo.cut', { count: nodes.length }))
  if (edit === undefined || !desk.edit(edit)) return
  desk.session.getState().select({})
  desk.focus()
}

/** Adds the nodes of a document, copied here or anywhere, in the middle of what the person sees. */
export function pasteText(desk: CanvasDesk, text: string): void {
  const parsed = parsePipelineText(text)
  if (!parsed.ok || parsed.value.nodes.length === 0) {
    const [first] = parsed.ok ? [] : parsed.error
    notify({
      text: t('canvas.paste.notPipeline'),
      ...(first === undefined ? {} : { more: first.message }),
      kind: 'bad',
    })
    return
  }
  const fragment = parsed.value
  const count = fragment.nodes.length
  const planned = planPaste(desk.pipeline, fragment, { middle: desk.middle, label: t('canvas.undo.paste', { count }) })
  if (planned === undefined || !desk.edit(planned.edit)) return
  desk.session.getState().select({ nodes: planned.ids })
  desk.say(t('canvas.said.pasted', { count }))
}

/** Copying from a menu, where no clipboard event helps; browsers may refuse it. */
export async function copyFromMenu(desk: CanvasDesk, andThen: 'keep' | 'remove'): Promise<void> {
  const text = copyText(desk)
  if (text === undefined) return
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    notify({
      text: t('canvas.copy.blocked', { shortcut: printShortcut(andThen === 'keep' ? '$mod+c' : '$mod+x') }),
      kind: 'bad',
    })
    return
  }
  if (andThen === 'remove') removeCopied(desk)
}

/** Pasting from a menu; browsers ask or refuse. */
export async function pasteFromMenu(desk: CanvasDesk): Promise<void> {
  let text: string
  try {
    text = await navigator.clipboard.readText()
  } catch {
    notify({ text: t('canvas.paste.blocked', { shortcut: printShortcut('$mod+v') }), kind: 'bad' })
    return
  }
  pasteText(desk, text)
}
