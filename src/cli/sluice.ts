import { createWriteStream } from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import type { Writable } from 'node:stream'
import { parseCommand, type RunCommand } from '#cli/options/parse-command.ts'
import { usage } from '#cli/options/usage.ts'
import { LineWriter } from '#cli/run/line-writer.ts'
import { loadDocument } from '#cli/run/load-document.ts'
import { prepareRun } from '#cli/run/prepare-run.ts'
import { explainFileError } from '#cli/run/read-text.ts'
import { exportRun } from '#cli/run/run-file.ts'
import { runPipeline } from '#cli/run/run-pipeline.ts'
import { checkPipeline } from '#engine/compile/check-pipeline.ts'
import { type Diagnostic, printDiagnostic, problem } from '#engine/model/diagnostic.ts'
import { err, ok, type Result } from '#engine/model/result.ts'

// `sluice run`, `sluice check` and `sluice export`; bin/sluice.mjs is what starts this. Exit status: 0 all batches succeeded, 1 some batch
// failed, 2 the document, an option or an input is unusable.

const UNUSABLE = 2

function tell(text: string): void {
  process.stderr.write(`${text}\n`)
}

function refuse(diagnostics: readonly Diagnostic[]): number {
  for (const diagnostic of diagnostics) tell(printDiagnostic(diagnostic))
  return UNUSABLE
}

async function check(path: string): Promise<number> {
  const document = await loadDocument(path)
  if (!document.ok) return refuse(document.error)
  const { diagnostics, runnable } = checkPipeline(document.value)
  for (const diagnostic of diagnostics) {
    tell(`${diagnostic.severity === 'error' ? '' : `${diagnostic.severity}: `}${printDiagnostic(diagnostic)}`)
  }
  return runnable ? 0 : UNUSABLE
}

async function run(command: RunCommand): Promise<number> {
  const prepared = await prepareRun(command, (message) => tell(`warning: ${message}`))
  if (!prepared.ok) return refuse(prepared.error)
  const stream = await openOutput(command.outPath)
  if (!stream.ok) return refuse(stream.error)
  const writer = new LineWriter(stream.value)
  const ended = await runPipeline(
    prepared.value,
    { ...command, clock: prepared.value.clock },
    {
      writer,
      tell,
      die: () => process.kill(process.pid, 'SIGKILL'),
      onInterrupt,
    },
  )
  const broken = await Promise.race([writer.closed, undefined])
  if (broken !== undefined) return refuse([problem('cli/out', `The lines cannot be written: ${broken.message}.`)])
  if (!ended.ok) return refuse(ended.error)
  return ended.value ? 0 : 1
}

/** The stream is open before anything runs, so that a wrong path costs nothing. */
async function openOutput(path: string | undefined): Promise<Result<Writable>> {
  if (path === undefined) return ok(process.stdout)
  try {
    const file = await open(path, 'w')
    return ok(createWriteStream(path, { fd: file }))
  } catch (error) {
    return err([problem('cli/out', `--out cannot be written: ${explainFileError(error, path)}.`)])
  }
}

/** SIGINT and SIGTERM: the first stops gracefully, the second at once, the third is the system's. */
function onInterrupt(stop: (graceful: boolean) => void): () => void {
  let count = 0
  const interrupt = (): void => {
    count += 1
    if (count === 1) tell('Stopping when what was received is processed. Interrupt again to stop at once.')
    stop(count === 1)
    if (count === 2) release()
  }
  const release = (): void => {
    process.removeListener('SIGINT', interrupt)
    process.removeListener('SIGTERM', interrupt)
  }
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', interrupt)
  return release
}

async function version(): Promise<string> {
  // The package's own file, written by us.
  const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  return version
}

async function main(args: readonly string[]): Promise<number> {
  const command = parseCommand(args)
  if (!command.ok) return refuse(command.error)
  switch (command.value.kind) {
    case 'help':
      process.stdout.write(usage)
      return 0
    case 'version':
      process.stdout.write(`${await version()}\n`)
      return 0
    case 'check':
      return check(command.value.path)
    case 'export': {
      const exported = await exportRun(command.value.checkpointDir, command.value.outPath)
      return exported.ok ? 0 : refuse(exported.error)
    }
    case 'run':
      return run(command.value)
  }
}

// Whoever read the messages may be gone; that is no reason to stop.
process.stderr.on('error', () => {})
// A user's function may have left timers or sockets open that would keep the process alive.
process.exit(await main(process.argv.slice(2)))
