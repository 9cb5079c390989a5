import { consentSubject } from '#engine/compile/consent.ts'
import type { Pipeline } from '#engine/model/pipeline.ts'

/** Whether there is anything to agree to: code, or an address to connect to. */
export function needsConsent(pipeline: Pipeline): boolean {
  const { functions, prelude, destinations } = consentSubject(pipeline)
  return functions.length > 0 || prelude !== undefined || destinations.length > 0
}

/** SHA-256, in hexadecimal, of what a person agrees to; undefined where the browser has no cryptography (a page without
 *  https), so that nothing can be remembered and every visit asks. */
export async function consentHash(pipeline: Pipeline): Promise<string | undefined> {
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined
  if (subtle === undefined) return undefined
  const digest = await subtle.digest('SHA-256', new TextEncoder().encode(consentSubject(pipeline).text))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
