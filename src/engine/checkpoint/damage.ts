import type { StoredRun } from './entries.ts'

/** What a person should know of a stored run that is not whole, a sentence each. */
export function describeDamage({ damaged, states }: StoredRun): readonly string[] {
  return [
    ...damaged.map((key) => `The entry ${key} of the checkpoint could not be read and was left out.`),
    ...states.lost.map(({ stream, timeMs, fromMs }) => {
      const from = fromMs === undefined ? 'from the beginning' : `from the one of ${fromMs} ms`
      return `The state of "${nodeOf(stream)}" at ${timeMs} ms could not be read: it is made again ${from}.`
    }),
  ]
}

/** Of a stream's key, see stream-keys.ts. */
export function nodeOf(stream: string): string {
  return stream.split('/').slice(0, -2).join('/')
}
