import { describe, expect, it } from 'vitest'
import { printDiagnostic } from '#engine/model/diagnostic.ts'
import { parseCommand } from './parse-command.ts'

function parsed(...args: string[]) {
  const command = parseCommand(args)
  return command.ok ? command.value : command.error.map(printDiagnostic)
}

describe('the command line', () => {
  it('reads every option of run', () => {
    const line =
      'run --batches 3 --clock=real doc.json --input in.json --collect a,b,a --checkpoint-dir cp --kill-after 2 --out o.jsonl --files f --conf batchMs=20 --conf spark.a=b=c'
    expect(parsed(...line.split(' '))).toEqual({
      kind: 'run',
      path: 'doc.json',
      batches: 3,
      clock: 'real',
      inputPath: 'in.json',
      collect: ['a', 'b'],
      checkpointDir: 'cp',
      killAfter: 2,
      outPath: 'o.jsonl',
      filesDir: 'f',
      conf: [
        ['batchMs', '20'],
        ['spark.a', 'b=c'],
      ],
    })
  })

  it('reads how to go on from a checkpoint, and wants one named', () => {
    expect(parsed('run', 'd.json', '--checkpoint-dir', 'c', '--restart', 'keep', '--resume-from-now')).toMatchObject({
      restart: 'keep',
      resumeFromNow: true,
    })
    expect(parsed('run', 'd.json', '--checkpoint-dir', 'c', '--restart', 'kep')).toEqual([
      '--restart must be saved, fresh or keep, not "kep". (Did you mean keep?)',
    ])
    expect(parsed('run', 'd.json', '--resume-from-now')).toEqual([
      '--resume-from-now says how to go on from a checkpoint, but none is named. (Add --checkpoint-dir DIR.)',
    ])
  })

  it('runs by the manual clock when the batches are counted, else by the wall clock', () => {
    expect(parsed('run', 'd.json', '--batches', '1')).toMatchObject({ clock: 'manual' })
    expect(parsed('run', 'd.json')).toEqual({ kind: 'run', path: 'd.json', clock: 'real', conf: [] })
    expect(parsed('run', 'd.json', '--clock', 'manual')).toMatchObject({ clock: 'manual' })
  })

  it('reads check, help and version', () => {
    expect(parsed('check', 'd.json')).toEqual({ kind: 'check', path: 'd.json' })
    expect(parsed('--help')).toEqual({ kind: 'help' })
    expect(parsed('run', '-h')).toEqual({ kind: 'help' })
    expect(parsed('--version')).toEqual({ kind: 'version' })
  })

  it('takes words after -- as they are', () => {
    expect(parsed('check', '--', '--odd.json')).toEqual({ kind: 'check', path: '--odd.json' })
  })

  it('names the closest option, and goes on to the next problem', () => {
    expect(parsed('run', 'd.json', '--batch', '3', '--clock', 'maual', '--kill-after', '0')).toEqual([
      'There is no option --batch. (Did you mean --batches?)',
      '--kill-after must be a whole number from 1, not "0".',
      '--clock must be manual or real, not "maual". (Did you mean manual?)',
    ])
    expect(parsed('--frobnicate', 'run', 'd.json')).toEqual(['There is no option --frobnicate. (See: sluice --help)'])
    expect(parsed('check', 'd.json', '--batches', '1')).toEqual(['There is no option --batches. (See: sluice --help)'])
  })

  it('refuses values that mean nothing', () => {
    expect(parsed('run', 'd.json', '--batches', '1.5')).toEqual(['--batches must be a whole number from 1, not "1.5".'])
    expect(parsed('run', 'd.json', '--batches', '-1')).toEqual(['--batches must be a whole number from 1, not "-1".'])
    expect(parsed('run', 'd.json', '--input', '--out', 'x')).toEqual(['--input needs a value. (See: sluice --help)'])
    expect(parsed('run', 'd.json', '--batches', '1', '--batches', '2')).toEqual(['--batches is given more than once.'])
    expect(parsed('run', 'd.json', '--collect', 'a,,b')).toEqual([
      '--collect must be node ids with commas between them.',
    ])
    expect(parsed('run', 'd.json', '--conf', 'batchMs')).toEqual([
      '--conf must be key=value, not "batchMs". (For example --conf batchMs=500)',
    ])
    expect(parsed('run', 'd.json', '--help=1')).toEqual({ kind: 'help' })
  })

  it('says what is missing or too much', () => {
    expect(parsed()).toEqual(['Say run, check or export. (See: sluice --help)'])
    expect(parsed('run')).toEqual(['run needs the path of a document. (See: sluice --help)'])
    expect(parsed('rum', 'd.json')).toEqual(['There is no command "rum". (Did you mean run?)'])
    expect(parsed('run', 'd.json', 'e.json')).toEqual([
      'run takes one document; "e.json" is too much. (See: sluice --help)',
    ])
  })

  it('reads where a run comes from and goes to', () => {
    expect(parsed('run', '--from', 'a.sluice-run')).toEqual({
      kind: 'run',
      path: 'a.sluice-run',
      fromRun: true,
      clock: 'real',
      isClockOpen: true,
      conf: [],
    })
    expect(parsed('run', '--from', 'a.sluice-run', '--clock', 'manual', '--resume-from-now')).toMatchObject({
      clock: 'manual',
      resumeFromNow: true,
    })
    expect(parsed('run', 'd.json', '--from', 'a.sluice-run')).toEqual([
      '--from brings its own document: leave out d.json. (See: sluice --help)',
    ])
    expect(parsed('export', '--checkpoint-dir', 'c', '--out', 'a.sluice-run')).toEqual({
      kind: 'export',
      checkpointDir: 'c',
      outPath: 'a.sluice-run',
    })
    expect(parsed('export', 'd.json', '--out', 'a')).toEqual([
      'export needs --checkpoint-dir DIR. (See: sluice --help)',
      'export takes no document; "d.json" is too much. (See: sluice --help)',
    ])
  })
})
