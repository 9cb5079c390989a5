import type { Row } from './row.ts'

/** One reading of a thermometer. */
export interface Reading {
  readonly sensor: string
  readonly room: string
  readonly celsius: number
  /** When it was read, ms since 1970 (or of virtual time). */
  readonly at: number
}

/** Rooms, their mean and how far they follow the day. */
const rooms = [
  { room: 'kitchen', mean: 21, swing: 2 },
  { room: 'cellar', mean: 12, swing: 0.5 },
  { room: 'attic', mean: 19, swing: 6 },
  { room: 'office', mean: 22, swing: 1.5 },
  { room: 'greenhouse', mean: 25, swing: 7 },
  { room: 'yard', mean: 15, swing: 8 },
] as const
const SENSORS = 12

/** A day lasts four minutes here, so that its wave shows within a demonstration. */
const DAY_MS = 240_000

/** A reading. Sensors report in turn, two to a room; temperatures follow a daily wave with noise of about ±0.3 °C, and one
 *  reading in 500 is a fault 15 °C or more too high. */
export function generateReading(row: Row): Reading {
  const number = row.index % SENSORS
  const { room, mean, swing } = rooms[number % rooms.length] ?? rooms[0]
  const day = Math.sin((2 * Math.PI * row.atMs) / DAY_MS - Math.PI / 2)
  const noise = (row.random() + row.random() + row.random() - 1.5) * 0.6
  const fault = row.random() < 1 / 500 ? 15 + 10 * row.random() : 0
  const celsius = Math.round((mean + swing * day + noise + fault) * 10) / 10
  return { sensor: `t${String(number + 1).padStart(2, '0')}`, room, celsius, at: row.atMs }
}
