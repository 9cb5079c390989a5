import { parseArgs } from 'node:util'
import { type GeneratorName, generatorNames } from '#engine/generators/generator.ts'
import { err, ok, type Result } from '#engine/model/result.ts'

/** What a feed sends, to whom and how fast. */
export interface FeedOptions {
  /** 0 lets the system choose. */
  readonly port: number
  readonly recordsPerSecond: number
  /** Lines in one message, joined by line feeds. */
  readonly perMessage: number
  readonly source:
    | { readonly kind: 'file'; readonly path: string; readonly once: boolean }
    | { readonly kind: 'generator'; readonly name: GeneratorName; readonly seed: number }
  /** Pages of these origins may connect, beside those served from this machine. */
  readonly allowedOrigins: readonly string[]
}

export const feedUsage = `Usage: npm run feed -- [options]

Serves records over a WebSocket on this machine, for trying webSocketTextStream. Every connection gets the feed
from its beginning.

  --port N             where to listen (9999)
  --rate N             records per second and connection (20)
  --generator NAME     ${generatorNames.join(', ')} (${generatorNames[0]}); objects are sent as JSON text
  --seed N             of the generator (1)
  --file PATH          send the lines of a text file instead, over and over
  --once               with --file: close the connection after the last line
  --per-message N      records per message, joined by line feeds (1)
  --allow-origin URL   let pages of this origin connect too; repeatable
  --help               print this
`

/** Reads the feed's command line. The error is one sentence on what to change; `help` asks for the usage. */
export function parseFeedOptions(args: readonly string[]): Result<FeedOptions | 'help', string> {
  const parsed = splitOptions(args)
  if (!parsed.ok) return parsed
  const { help, file, generator, once, seed, ...values } = parsed.value
  if (help) return ok('help')

  const port = readNumber('--port', values.port ?? '9999', { whole: true, least: 0, most: 65_535 })
  if (!port.ok) return port
  const rate = readNumber('--rate', values.rate ?? '20', { whole: false, least: 0.001, most: 1_000_000 })
  if (!rate.ok) return rate
  const perMessage = readNumber('--per-message', values['per-message'] ?? '1', { whole: true, least: 1, most: 100_000 })
  if (!perMessage.ok) return perMessage
  const origins = readOrigins(values['allow-origin'] ?? [])
  if (!origins.ok) return origins
  const source = readSource({ file, generator, once: once ?? false, seed })
  if (!source.ok) return source
  return ok({
    port: port.value,
    recordsPerSecond: rate.value,
    perMessage: perMessage.value,
    source: source.value,
    allowedOrigins: origins.value,
  })
}

function splitOptions(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        rate: { type: 'string' },
        generator: { type: 'string' },
        seed: { type: 'string' },
        file: { type: 'string' },
        once: { type: 'boolean' },
        'per-message': { type: 'string' },
        'allow-origin': { type: 'string', multiple: true },
        help: { type: 'boolean', short: 'h' },
      },
    })
    return ok(values)
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error))
  }
}

interface SourceWords {
  readonly file: string | undefined
  readonly generator: string | undefined
  readonly once: boolean
  readonly seed: string | undefined
}

function readSource({ file, generator, once, seed }: SourceWords): Result<FeedOptions['source'], string> {
  if (file !== undefined) {
    if (generator !== undefined) return err('--file and --generator are two sources: give one of them.')
    return ok({ kind: 'file', path: file, once })
  }
  if (once) return err('--once belongs to --file: a generator has no end.')
  const wanted = generator ?? 'sentences'
  const name = generatorNames.find((known) => known === wanted)
  if (name === undefined) return err(`There is no generator "${wanted}". Use ${generatorNames.join(', ')}.`)
  const number = readNumber('--seed', seed ?? '1', { whole: true, least: -(2 ** 53), most: 2 ** 53 })
  return number.ok ? ok({ kind: 'generator', name, seed: number.value }) : number
}

interface Range {
  readonly whole: boolean
  readonly least: number
  readonly most: number
}

function readNumber(option: string, text: string, { whole, least, most }: Range): Result<number, string> {
  const number = text.trim() === '' ? Number.NaN : Number(text)
  if (number >= least && number <= most && (!whole || Number.isInteger(number))) return ok(number)
  return err(`${option} must be a ${whole ? 'whole ' : ''}number from ${least} to ${most}, not "${text}".`)
}

function readOrigins(texts: readonly string[]): Result<readonly string[], string> {
  const origins: string[] = []
  for (const text of texts) {
    const origin = URL.canParse(text) ? new URL(text).origin : 'null'
    if (origin === 'null') {
      return err(`--allow-origin must be an address such as https://sluice.example, not "${text}".`)
    }
    origins.push(origin)
  }
  return ok(origins)
}
