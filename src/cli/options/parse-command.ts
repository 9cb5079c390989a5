import { type Restart, restarts } from '#cli/run/restart-choice.ts'
import { findClosestName } from '#engine/model/closest-name.ts'
import { type Diagnostic, problem } from '#engine/model/diagnostic.ts'
import { err, ok, type Result } from '#engine/model/result.ts'
import { type OptionTable, splitWords, type Words } from './words.ts'

/** What `sluice` was asked to do. */
export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'check'; readonly path: string }
  | ExportCommand
  | RunCommand

export interface ExportCommand {
  readonly kind: 'export'
  readonly checkpointDir: string
  readonly outPath: string
}

export interface RunCommand {
  readonly kind: 'run'
  /** Of the document, or of the run file that holds it. */
  readonly path: string
  /** `path` is a run file. */
  readonly fromRun?: boolean
  /** Number of the last batch; absent: until a signal. */
  readonly batches?: number
  readonly clock: 'manual' | 'real'
  /** Nobody has said which clock: a run file has its own. */
  readonly isClockOpen?: boolean
  readonly inputPath?: string
  /** Absent: the inputs of the output nodes. */
  readonly collect?: readonly string[]
  readonly checkpointDir?: string
  /** What to do with a checkpoint of another version of the document. */
  readonly restart?: Restart
  /** Leaves out the batches of the down time. */
  readonly resumeFromNow?: boolean
  /** Number of the batch after which the process dies. */
  readonly killAfter?: number
  readonly conf: readonly (readonly [key: string, value: string])[]
  readonly outPath?: string
  /** Where saved files go; absent: beside the document. */
  readonly filesDir?: string
  /** Tells how the delays are distributed after each batch, and the metrics at the end. */
  readonly stats?: boolean
}

const always: OptionTable = { '--help': 'flag', '-h': 'flag', '--version': 'flag' }
const exportOptions: OptionTable = { ...always, '--checkpoint-dir': 'once', '--out': 'once' }
const runOptions: OptionTable = {
  ...always,
  '--from': 'once',
  '--batches': 'once',
  '--clock': 'once',
  '--input': 'once',
  '--collect': 'once',
  '--checkpoint-dir': 'once',
  '--restart': 'once',
  '--resume-from-now': 'flag',
  '--kill-after': 'once',
  '--conf': 'repeatable',
  '--out': 'once',
  '--files': 'once',
  '--stats': 'flag',
}
const commands = ['run', 'check', 'export']
const tables: Readonly<Record<string, OptionTable>> = { check: always, export: exportOptions }

/** Reads the words after `sluice`.
 *  Fails: every problem of the command line, cli/… */
export function parseCommand(args: readonly string[]): Result<Command> {
  // The command stands first; without one, the options of run are known, so that a wrong one is still named.
  const words = splitWords(args, tables[args[0] ?? ''] ?? runOptions)
  if (words.values.has('--help') || words.values.has('-h')) return ok({ kind: 'help' })
  if (words.values.has('--version')) return ok({ kind: 'version' })
  const problems = [...words.problems]
  const [name, document, ...more] = words.positionals
  if (name === 'export') return readExport(words)
  const from = name === 'run' ? words.values.get('--from')?.at(-1) : undefined
  const path = document ?? from
  // The word behind an unknown option may be its value, so nothing can be said of the words that stand alone.
  const isUnclear = problems.some(({ code }) => code === 'cli/unknown-option')
  if (!isUnclear) problems.push(...checkWords(name, path, more))
  if (from === '') problems.push(problem('cli/option-value', '--from needs a path.'))
  if (from !== undefined && document !== undefined)
    problems.push(problem('cli/too-many-words', `--from brings its own document: leave out ${document}.`, seeHelp))
  const options = name === 'check' ? undefined : readRunOptions(words, problems)
  if (problems.length > 0 || path === undefined) return err(problems)
  if (options === undefined) return ok({ kind: 'check', path })
  return ok({ kind: 'run', path, ...options, ...(from === undefined ? {} : { fromRun: true }) })
}

/** Fails: cli/option-value, cli/too-many-words */
function readExport({ values, positionals, problems: wrong }: Words): Result<ExportCommand> {
  const problems = [...wrong]
  const path = (name: string, what: string): string => {
    const given = values.get(name)?.at(-1) ?? ''
    if (given === '') problems.push(problem('cli/option-value', `export needs ${name} ${what}.`, seeHelp))
    return given
  }
  const checkpointDir = path('--checkpoint-dir', 'DIR')
  const outPath = path('--out', 'FILE.sluice-run')
  const more = positionals.slice(1).join(' ')
  if (more !== '')
    problems.push(problem('cli/too-many-words', `export takes no document; "${more}" is too much.`, seeHelp))
  return problems.length > 0 ? err(problems) : ok({ kind: 'export', checkpointDir, outPath })
}

const seeHelp = { hint: 'See: sluice --help' }

function checkWords(name: string | undefined, path: string | undefined, more: readonly string[]): Diagnostic[] {
  if (name === undefined) return [problem('cli/no-command', 'Say run, check or export.', seeHelp)]
  if (!commands.includes(name)) return [unknownCommand(name)]
  if (path === undefined) return [problem('cli/no-document', `${name} needs the path of a document.`, seeHelp)]
  if (more.length === 0) return []
  return [problem('cli/too-many-words', `${name} takes one document; "${more.join(' ')}" is too much.`, seeHelp)]
}

function unknownCommand(name: string): Diagnostic {
  const closest = findClosestName(name, commands)
  const hint =
    closest === undefined ? 'There are: sluice run, sluice check and sluice export.' : `Did you mean ${closest}?`
  return problem('cli/unknown-command', `There is no command "${name}".`, { hint })
}

function readRunOptions({ values }: Words, problems: Diagnostic[]): Omit<RunCommand, 'kind' | 'path'> {
  const text = (name: string): string | undefined => values.get(name)?.at(-1)
  const path = (name: string): string | undefined => {
    const given = text(name)
    if (given === '') problems.push(problem('cli/option-value', `${name} needs a path.`))
    return given
  }
  const batches = readBatchNumber('--batches', text('--batches'), problems)
  const killAfter = readBatchNumber('--kill-after', text('--kill-after'), problems)
  const inputPath = path('--input')
  const checkpointDir = path('--checkpoint-dir')
  const restart = readRestart(text('--restart'), problems)
  const resumeFromNow = values.has('--resume-from-now')
  if (checkpointDir === undefined && !values.has('--from')) problems.push(...needCheckpoint(values))
  const outPath = path('--out')
  const filesDir = path('--files')
  const collect = readIds(text('--collect'), problems)
  return {
    clock: readClock(text('--clock'), problems) ?? (values.has('--batches') ? 'manual' : 'real'),
    ...(values.has('--from') && !values.has('--clock') ? { isClockOpen: true } : {}),
    conf: readConf(values.get('--conf') ?? [], problems),
    ...(batches === undefined ? {} : { batches }),
    ...(killAfter === undefined ? {} : { killAfter }),
    ...(inputPath === undefined ? {} : { inputPath }),
    ...(collect === undefined ? {} : { collect }),
    ...(checkpointDir === undefined ? {} : { checkpointDir }),
    ...(restart === undefined ? {} : { restart }),
    ...(resumeFromNow ? { resumeFromNow } : {}),
    ...(values.has('--stats') ? { stats: true } : {}),
    ...(outPath === undefined ? {} : { outPath }),
    ...(filesDir === undefined ? {} : { filesDir }),
  }
}

function readBatchNumber(option: string, text: string | undefined, problems: Diagnostic[]): number | undefined {
  if (text === undefined) return undefined
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (Number.isSafeInteger(number) && number >= 1) return number
  problems.push(problem('cli/option-value', `${option} must be a whole number from 1, not "${text}".`))
  return undefined
}

function readClock(text: string | undefined, problems: Diagnostic[]): RunCommand['clock'] | undefined {
  if (text === undefined || text === 'manual' || text === 'real') return text
  const closest = findClosestName(text, ['manual', 'real'])
  const hint = closest === undefined ? {} : { hint: `Did you mean ${closest}?` }
  problems.push(problem('cli/option-value', `--clock must be manual or real, not "${text}".`, hint))
  return undefined
}

function readRestart(text: string | undefined, problems: Diagnostic[]): Restart | undefined {
  if (text === undefined) return undefined
  const restart = restarts.find((each) => each === text)
  if (restart !== undefined) return restart
  const closest = findClosestName(text, restarts)
  const hint = closest === undefined ? {} : { hint: `Did you mean ${closest}?` }
  problems.push(problem('cli/option-value', `--restart must be saved, fresh or keep, not "${text}".`, hint))
  return undefined
}

/** Options that say how to go on from a checkpoint, without one. */
function needCheckpoint(values: Words['values']): Diagnostic[] {
  return ['--restart', '--resume-from-now']
    .filter((name) => values.has(name))
    .map((name) =>
      problem('cli/option-value', `${name} says how to go on from a checkpoint, but none is named.`, {
        hint: 'Add --checkpoint-dir DIR.',
      }),
    )
}

function readIds(text: string | undefined, problems: Diagnostic[]): readonly string[] | undefined {
  if (text === undefined) return undefined
  const ids = text.split(',').map((id) => id.trim())
  if (ids.includes(''))
    problems.push(problem('cli/option-value', '--collect must be node ids with commas between them.'))
  return [...new Set(ids)]
}

function readConf(texts: readonly string[], problems: Diagnostic[]): readonly (readonly [string, string])[] {
  return texts.flatMap((text) => {
    const equals = text.indexOf('=')
    if (equals > 0) return [[text.slice(0, equals).trim(), text.slice(equals + 1).trim()] as const]
    problems.push(
      problem('cli/option-value', `--conf must be key=value, not "${text}".`, {
        hint: 'For example --conf batchMs=500',
      }),
    )
    return []
  })
}
