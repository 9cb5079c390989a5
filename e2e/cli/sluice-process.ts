import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const bin = fileURLToPath(new URL('../../bin/sluice.mjs', import.meta.url))

/** A line that `sluice run` printed; see usage.ts. */
export type Line = Readonly<Record<string, unknown>> & { readonly type: string }

/** How a process ended, and what it printed. */
export interface Ended {
  readonly status: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: readonly string[]
  readonly stderr: readonly string[]
  /** `stdout` parsed, without the delays of batches, which differ from run to run. */
  readonly lines: readonly Line[]
}

/** A command line that runs. */
export interface Running {
  readonly process: ChildProcess
  readonly ended: Promise<Ended>
  /** Resolves when a line on either output fits, also one that has passed; rejects when the process ends without one. */
  waitFor(fits: (line: string) => boolean): Promise<void>
}

/** Starts the real command line in `cwd`. */
export function startSluice(cwd: string, ...args: readonly string[]): Running {
  const child = spawn(process.execPath, [bin, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  const stdout: string[] = []
  const stderr: string[] = []
  const waiting = new Set<(line: string) => void>()
  const note = (list: string[]) => (line: string) => {
    list.push(line)
    for (const look of waiting) look(line)
  }
  createInterface(child.stdout).on('line', note(stdout))
  createInterface(child.stderr).on('line', note(stderr))
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (status, signal) => {
      resolve({
        status,
        signal,
        stdout,
        stderr,
        get lines() {
          return stdout.map(parseLine)
        },
      })
    })
  })
  const waitFor = (fits: (line: string) => boolean): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (line: string): void => {
        if (!fits(line)) return
        waiting.delete(look)
        resolve()
      }
      waiting.add(look)
      ;[...stdout, ...stderr].forEach(look)
      void ended.then(() => reject(new Error(`ended without the line: ${stderr.join('\n')}`)))
    })
  return { process: child, ended, waitFor }
}

/** Runs the real command line to its end. */
export function runSluice(cwd: string, ...args: readonly string[]): Promise<Ended> {
  return startSluice(cwd, ...args).ended
}

function parseLine(text: string): Line {
  const { schedulingDelay: _scheduling, processingDelay: _processing, ...line } = JSON.parse(text) as Line // the test compares every field
  return line
}

/** A folder of its own for a test's files. */
export async function makeFolder(files: Readonly<Record<string, unknown>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-cli-'))
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
  }
  return folder
}

export function removeFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true })
}

/** A document of one chain: each node takes the one before. */
export function chain(
  settings: Readonly<Record<string, unknown>>,
  ...nodes: readonly (readonly [id: string, op: string, params: Readonly<Record<string, unknown>>])[]
): unknown {
  return {
    format: 'sluice/1',
    name: 'A chain',
    settings: { batchMs: 1000, ...settings },
    nodes: nodes.map(([id, op, params], index) => ({ id, op, params, at: [240 * index, 0] })),
    edges: nodes.slice(1).map(([id], index) => ({ from: nodes[index]?.[0], to: id })),
  }
}
