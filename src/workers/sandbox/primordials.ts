// What the boot needs of the platform, taken when this module is evaluated: before anything is stripped. Nothing here may be handed
// to a user's function, for each of them is a way out of the worker's memory.

const { apply } = Reflect

function findGetter(prototype: object, name: string): (this: unknown) => unknown {
  const getter = Object.getOwnPropertyDescriptor(prototype, name)?.get
  if (getter === undefined) throw new Error(`no getter ${name}`)
  return getter
}

const { addEventListener, removeEventListener } = EventTarget.prototype
const { postMessage, start } = MessagePort.prototype
const dataOf = findGetter(MessageEvent.prototype, 'data')
const portsOf = findGetter(MessageEvent.prototype, 'ports')
const { preventDefault } = Event.prototype
const { createObjectURL, revokeObjectURL } = URL
const { now } = performance
const encoder = new TextEncoder()
const { encodeInto } = encoder
const decoder = new TextDecoder()
const { decode: decodeBytes } = decoder
const clock = performance
const realm = globalThis
const BlobOfText = Blob

/** Ports of the message, in the order of the transfer list. */
export interface FirstMessage {
  readonly data: unknown
  readonly ports: readonly MessagePort[]
}

/** Hears exactly one message of the worker's creator, then never again. */
export function onFirstMessage(handler: (message: FirstMessage) => void): void {
  const listener = (event: Event) => {
    apply(removeEventListener, realm, ['message', listener])
    // The IDL type of `ports` is a frozen array of MessagePort.
    handler({ data: apply(dataOf, event, []), ports: apply(portsOf, event, []) as readonly MessagePort[] })
  }
  apply(addEventListener, realm, ['message', listener])
}

/** A rejection that no code handles would be printed to the browser's console, once each: a loop of them jams the broker. */
export function silenceRejections(): void {
  apply(addEventListener, realm, ['unhandledrejection', (event: Event) => apply(preventDefault, event, [])])
}

export function post(port: MessagePort, message: unknown, transfer: readonly ArrayBuffer[]): void {
  apply(postMessage, port, [message, transfer])
}

/** Calls the handler with the data of every message from now on; the event itself stays here. */
export function onMessage(port: MessagePort, handler: (data: unknown) => void): void {
  apply(addEventListener, port, ['message', (event: Event) => handler(apply(dataOf, event, []))])
  apply(start, port, [])
}

/** As much of a text as finds room, in UTF-8. */
export function encode(text: string, into: Uint8Array): TextEncoderEncodeIntoResult {
  return apply(encodeInto, encoder, [text, into])
}

/** The text of UTF-8. */
export function decode(bytes: Uint8Array<ArrayBuffer>): string {
  return apply(decodeBytes, decoder, [bytes])
}

export function nowMs(): number {
  return apply(now, clock, [])
}

/** Runs the text as an ES module. The address exists only while it loads. */
export async function importText(text: string): Promise<Record<string, unknown>> {
  const url = apply(createObjectURL, URL, [new BlobOfText([text], { type: 'text/javascript' })])
  try {
    return await import(/* @vite-ignore */ url)
  } finally {
    apply(revokeObjectURL, URL, [url])
  }
}
