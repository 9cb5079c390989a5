// A document in the hash of an address: the server never sees it, and no storage is needed. Pure but for the platform's own
// compression, so it runs in Node too.
import { type Diagnostic, problem } from '#engine/model/diagnostic.ts'
import { MAX_DOCUMENT_BYTES } from '#engine/model/limits.ts'
import { err, ok, type Result } from '#engine/model/result.ts'
import { pipe } from './pipe-bytes.ts'

/** Characters of a whole hash; chat programs and mail cut longer addresses. */
export const MAX_LINK_CHARACTERS = 16_000
/** `1` = deflate-raw, base64url. */
const PREFIX = '#p=1.'
const ANY_VERSION = /^#p=([^.]*)\./

/** Whether a hash is meant to be a shared document, of whatever version. */
export function isShareHash(hash: string): boolean {
  return hash.startsWith('#p=')
}

/** Document text → hash. Fails: link/too-long */
export async function printShareHash(text: string): Promise<Result<string, Diagnostic>> {
  const packed = await pipe(
    new TextEncoder().encode(text),
    new CompressionStream('deflate-raw'),
    Number.POSITIVE_INFINITY,
  )
  const hash = packed === undefined ? undefined : PREFIX + printBase64Url(packed)
  if (hash !== undefined && hash.length <= MAX_LINK_CHARACTERS) return ok(hash)
  return err(
    problem('link/too-long', 'This pipeline is too large for a link.', {
      hint: 'Save it as a file and send the file.',
    }),
  )
}

/** Hash → document text, unpacked no further than a document may be large.
 *  Fails: link/unknown-version, link/too-long, link/damaged, link/too-large */
export async function parseShareHash(hash: string): Promise<Result<string, Diagnostic>> {
  if (!hash.startsWith(PREFIX)) {
    const version = ANY_VERSION.exec(hash)?.[1] ?? '?'
    return err(
      problem(
        'link/unknown-version',
        `This link is of a kind that this Sluice does not know (${version.slice(0, 20)}).`,
        {
          hint: 'It may come from a newer version: ask for the pipeline as a file.',
        },
      ),
    )
  }
  if (hash.length > MAX_LINK_CHARACTERS) {
    return err(
      problem('link/too-long', 'This link is longer than any that Sluice makes.', {
        hint: 'Ask for the pipeline as a file.',
      }),
    )
  }
  const packed = parseBase64Url(hash.slice(PREFIX.length))
  if (packed === undefined) return err(damaged())
  try {
    const bytes = await pipe(packed, new DecompressionStream('deflate-raw'), MAX_DOCUMENT_BYTES)
    if (bytes === undefined) {
      return err(
        problem('link/too-large', 'What this link holds is larger than a pipeline may be.', {
          hint: `A document may take ${MAX_DOCUMENT_BYTES / 1024 / 1024} MiB.`,
        }),
      )
    }
    return ok(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return err(damaged())
  }
}

function damaged(): Diagnostic {
  return problem('link/damaged', 'This link is damaged: a part of it is missing or was changed.', {
    hint: 'Copy the whole link again, to its last character.',
  })
}

function printBase64Url(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

function parseBase64Url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[\w-]*$/.test(text)) return undefined
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0))
  } catch {
    return undefined
  }
}
