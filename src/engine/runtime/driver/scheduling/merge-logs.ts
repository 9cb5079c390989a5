import type { FunctionLogs, LoggedLine, LoggedMore, LoggingPlace } from '#engine/model/batch-data.ts'
import type { JobReport } from '#engine/runtime/wire.ts'

/** Calls of one function that are shown of one job, on however many executors it ran. */
const SHOWN_CALLS = 50
/** Of all functions. */
const MOST_LINES = 300

/** What functions logged in one job, executor after executor; undefined when they were silent.
 *  Keeps: of each function the first SHOWN_CALLS lines, MOST_LINES of all; what is left out counts among the others */
export function mergeLogs(reports: readonly Pick<JobReport, 'logs'>[]): FunctionLogs | undefined {
  const logs = reports.flatMap((report) => (report.logs === undefined ? [] : [report.logs]))
  if (logs.length === 0) return undefined
  const shown = new Map<string, number>()
  const more = new Map<string, LoggedMore>()
  const leaveOut = (place: LoggingPlace, calls: number): void => {
    const key = keyOf(place)
    more.set(key, { ...placeOf(place), calls: (more.get(key)?.calls ?? 0) + calls })
  }
  const lines: LoggedLine[] = []
  for (const line of logs.flatMap((each) => each.lines)) {
    const key = keyOf(line)
    const count = shown.get(key) ?? 0
    if (count >= SHOWN_CALLS || lines.length >= MOST_LINES) leaveOut(line, 1)
    else lines.push(line)
    shown.set(key, count + 1)
  }
  for (const each of logs.flatMap((log) => log.more)) leaveOut(each, each.calls)
  return { lines, more: [...more.values()] }
}

function placeOf({ node, param }: LoggingPlace): LoggingPlace {
  return { ...(node === undefined ? {} : { node }), ...(param === undefined ? {} : { param }) }
}

const keyOf = ({ node, param }: LoggingPlace): string => JSON.stringify([node, param])
