import { type BrokerEvent, MAX_ERROR_TEXT } from '#workers/sandbox/control.ts'

/** What the broker said, or undefined: its process runs strangers' code, so nothing about the message is taken for granted. */
export function parseBrokerEvent(data: unknown): BrokerEvent | undefined {
  if (typeof data !== 'object' || data === null || !('kind' in data)) return undefined
  const id = 'id' in data && Number.isSafeInteger(data.id) ? Number(data.id) : undefined
  switch (data.kind) {
    case 'ready':
      return { kind: 'ready' }
    case 'pong':
      return 'seq' in data && typeof data.seq === 'number' ? { kind: 'pong', seq: data.seq } : undefined
    case 'spawned':
      return id === undefined ? undefined : { kind: 'spawned', id }
    case 'failed':
      if (id === undefined || !('text' in data) || typeof data.text !== 'string') return undefined
      return { kind: 'failed', id, text: data.text.slice(0, MAX_ERROR_TEXT) }
    default:
      return undefined
  }
}
