import type { FunctionLogs, LoggedLine, LoggingPlace } from '#engine/model/batch-data.ts'

/** What functions logged in a batch, a line for each call: `2000 ms evens.fn:3 warn: …`. */
export function printLogs(timeMs: number, { lines, more }: FunctionLogs): readonly string[] {
  return [
    ...lines.map((line) => `${timeMs} ms ${placeOf(line)}: ${printable(line.text)}`),
    ...more.map((place) => `${timeMs} ms ${nameOf(place)}: … and ${place.calls.toLocaleString('en')} more`),
  ]
}

function placeOf(logged: LoggedLine): string {
  const { level, line } = logged
  const at = line === undefined ? nameOf(logged) : `${nameOf(logged)}:${line}`
  return level === 'info' ? at : `${at} ${level}`
}

function nameOf({ node, param }: LoggingPlace): string {
  if (param !== undefined) return `${node}.${param}`
  return node === undefined ? 'shared code' : `${node} in shared code`
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g

/** A terminal obeys control characters, and the text may come from anywhere. */
export function printable(text: string): string {
  return text.replace(CONTROLS, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
