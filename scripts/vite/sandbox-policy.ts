// The two policies that hold user code, and the document they hold it in.
import { createHash } from 'node:crypto'

/** Hash source expression for the exact text of an inline script. */
export function hashSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`
}

/** Policy of the sandboxed document, inherited by its workers: no network, no eval, scripts only by this hash or from blobs made inside.
 *  The repeats of default-src are for readers. */
export function sandboxPolicy(brokerHash: string): string {
  return [
    "default-src 'none'",
    `script-src ${brokerHash} blob:`,
    'worker-src blob:',
    "connect-src 'none'",
    "img-src 'none'",
    "style-src 'none'",
    "font-src 'none'",
    "media-src 'none'",
    "object-src 'none'",
    "frame-src 'none'",
    "manifest-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}

/** Policy of the page. A srcdoc document inherits it and both must agree, hence the broker's hash and blob: here.
 *  `frame-src 'none'` lets srcdoc pass and keeps the frame from navigating itself elsewhere.
 *  `connect-src 'self'` binds the page alone. The address of a WebSocket source is typed by the user, and the driver worker that opens it is
 *  loaded from a file: such a worker has the policy of its own response, of which a static host sends none. (Tested in e2e/sandbox.)
 *  `dev` is what the development server needs on top: its inline scripts by hash, and its own socket under whatever host name. */
export function pagePolicy(brokerHash: string, dev?: { readonly inlineScripts: readonly string[] }): string {
  const inline = dev === undefined ? [] : dev.inlineScripts.map(hashSource)
  return [
    "default-src 'self'",
    ['script-src', "'self'", brokerHash, 'blob:', ...inline].join(' '),
    "worker-src 'self' blob:",
    `connect-src 'self'${dev === undefined ? '' : ' ws:'}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}

/** Document for an iframe's `srcdoc`. The policy is the first element of head: what comes before it would not be held. */
export function printSandboxDocument(broker: string): string {
  // Both would change where the parser ends the script, and with it the text that is hashed.
  if (/<\/script|<!--/i.test(broker)) throw new Error('the broker must not contain </script or <!--')
  if (broker.includes('\r')) throw new Error('the broker must not contain carriage returns: the parser drops them')
  const policy = sandboxPolicy(hashSource(broker))
  return `<!doctype html><html><head><meta http-equiv="Content-Security-Policy" content="${policy}"><meta charset="utf-8"><script>${broker}</script></head><body></body></html>`
}

/** Texts of the inline scripts of a page. */
export function findInlineScripts(html: string): string[] {
  return [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/gi)].map((match) => match[1] ?? '')
}
