import type { LoggedLine, LoggedMore } from '#engine/model/batch-data.ts'
import type { OutputEntry } from '#ui/state/run-store.ts'

/** One line of the console: all are of one height. */
export type ConsoleRow =
  | { readonly kind: 'time'; readonly timeMs: number }
  | { readonly kind: 'call'; readonly logged: LoggedLine; readonly text: string }
  /** What a call logged on further lines. */
  | { readonly kind: 'rest'; readonly logged: LoggedLine; readonly text: string }
  | { readonly kind: 'more'; readonly place: LoggedMore }

export function hasLogs(entries: readonly OutputEntry[]): boolean {
  return entries.some(({ outputs }) => outputs.some(({ logs }) => logs !== undefined))
}

/** What functions logged, batch after batch in the order of the entries; batches in which they were silent are left out. */
export function layConsole(entries: readonly OutputEntry[]): readonly ConsoleRow[] {
  return entries.flatMap(({ timeMs, outputs }): readonly ConsoleRow[] => {
    const logs = outputs.flatMap((output) => (output.logs === undefined ? [] : [output.logs]))
    if (logs.length === 0) return []
    return [
      { kind: 'time', timeMs },
      ...logs.flatMap(({ lines, more }) => [
        ...lines.flatMap(layLine),
        ...more.map((place): ConsoleRow => ({ kind: 'more', place })),
      ]),
    ]
  })
}

function layLine(logged: LoggedLine): readonly ConsoleRow[] {
  const [text = '', ...rest] = logged.text.split('\n')
  return [{ kind: 'call', logged, text }, ...rest.map((each): ConsoleRow => ({ kind: 'rest', logged, text: each }))]
}
