import { problem } from './diagnostic.ts'
import { MAX_CORES } from './limits.ts'
import { err, ok, type Result } from './result.ts'

/** How many cores a master asks for; `all` those of the machine. */
export interface Master {
  readonly cores: number | 'all'
}

/** A master URL that runs on this machine.
 *  Shape:  `local` is one core, `local[n]` n, `local[*]` all
 *  Fails:  pipeline/master
 *  Source: SparkContext.createTaskScheduler */
export function parseMaster(text: string): Result<Master> {
  if (text === 'local') return ok({ cores: 1 })
  const [, inside] = /^local\[(\*|[0-9]{1,6})\]$/.exec(text) ?? []
  if (inside === '*') return ok({ cores: 'all' })
  const cores = Number(inside)
  if (cores >= 1 && cores <= MAX_CORES) return ok({ cores })
  return err([problem('pipeline/master', MASTER_MESSAGE, { hint: MASTER_HINT, path: ['settings', 'master'] })])
}

/** What a wrong master is told. */
export const MASTER_MESSAGE = `master must be local, local[n] with n from 1 to ${MAX_CORES}, or local[*].`
/** What to do about a wrong master. */
export const MASTER_HINT = 'Use local[2] for one receiver and one core that works.'
