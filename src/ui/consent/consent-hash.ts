import { checkPipeline } from '#engine/compile/check-pipeline.ts'
import { consentSubject } from '#engine/compile/consent.ts'
import type { Pipeline } from '#engine/model/pipeline.ts'

/** A node whose parameters cannot be read yet, so that nobody knows which of them are code: all of them, as text. */
export interface UnreadNode {
  readonly node: string
  readonly params: string
}

/** Mending such a node may bring code to life, so a person agrees to its raw parameters instead. */
export function unreadNodes(pipeline: Pipeline): readonly UnreadNode[] {
  return [...checkPipeline(pipeline).nodes.values()]
    .filter(({ node, bound }) => bound === undefined && Object.keys(node.params).length > 0)
    .map(({ node }) => ({ node: node.id, params: JSON.stringify(node.params, null, 2) }))
}

/** Whether there is anything to agree to: code, what may become code, or an address to connect to. */
export function needsConsent(pipeline: Pipeline): boolean {
  const { functions, prelude, destinations } = consentSubject(pipeline)
  const code = functions.length > 0 || prelude !== undefined
  return code || destinations.length > 0 || unreadNodes(pipeline).length > 0
}

/** SHA-256, in hexadecimal, of what a person agrees to; undefined where the browser has no cryptography (a page without
 *  https), so that nothing can be remembered and every visit asks. */
export async function consentHash(pipeline: Pipeline): Promise<string | undefined> {
  // A cast: absent outside of secure contexts, which the type does not say.
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined
  if (subtle === undefined) return undefined
  const unread = unreadNodes(pipeline).map((each) => each.params)
  const text = JSON.stringify([consentSubject(pipeline).text, unread.sort()])
  const digest = await subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
