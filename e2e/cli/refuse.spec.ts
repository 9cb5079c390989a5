import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { files, wordCount } from './documents.ts'
import { makeFolder, removeFolder, runSluice } from './sluice-process.ts'

let folder = ''
beforeEach(async () => {
  folder = await makeFolder(files)
})
afterEach(() => removeFolder(folder))

describe('what cannot be used', () => {
  it('is told on standard error, one problem a line, with exit status 2', async () => {
    const document = JSON.parse(JSON.stringify(wordCount)) as { nodes: { op: string; params: object }[] }
    if (document.nodes[1]) document.nodes[1].op = 'flatmap'
    if (document.nodes[3]) document.nodes[3].params = { reduce: '(a, b) => a +' }
    const bad = await makeFolder({
      'bad.json': document,
      'torn.json': '{"format":',
      'input.json': { line: { batches: [] } },
    })
    const checked = await runSluice(bad, 'check', 'bad.json')
    expect(checked).toMatchObject({ status: 2, stdout: [] })
    expect(checked.stderr).toHaveLength(2)
    expect(checked.stderr[0]).toBe('words: There is no operator "flatmap". (Did you mean flatMap?)')
    expect(checked.stderr[1]).toMatch(/^counts\.reduce: /)
    expect(await runSluice(bad, 'run', 'bad.json', '--batches', '1')).toMatchObject({
      status: 2,
      stdout: [],
      stderr: checked.stderr,
    })
    expect(await runSluice(bad, 'check', 'torn.json')).toMatchObject({
      status: 2,
      stderr: ['Line 1, column 11: expected a value, but found the end of the text.'],
    })
    expect(await runSluice(bad, 'run', 'absent.json')).toMatchObject({
      status: 2,
      stderr: ['The document cannot be read: absent.json does not exist.'],
    })
    const input = [
      '--batches',
      '1',
      '--input',
      join(bad, 'input.json'),
      '--collect',
      'count',
      '--out',
      'no/such/folder',
    ]
    expect(await runSluice(folder, 'run', 'word-count.json', ...input)).toMatchObject({
      status: 2,
      stderr: [
        '--input: the document has no node "line". (Did you mean lines?)',
        '--collect: the document has no node "count". (Did you mean counts?)',
      ],
    })
    expect(await runSluice(folder, 'run', 'word-count.json', '--batchs', '3', '--clock', 'wall')).toMatchObject({
      status: 2,
      stderr: ['There is no option --batchs. (Did you mean --batches?)', '--clock must be manual or real, not "wall".'],
    })
    await removeFolder(bad)
  })

  it('leaves a good document in peace', async () => {
    expect(await runSluice(folder, 'check', 'word-count.json')).toMatchObject({ status: 0, stdout: [], stderr: [] })
  })

  it('has nothing to do with the help and the version', async () => {
    const help = await runSluice(folder, '--help')
    expect(help).toMatchObject({ status: 0, stderr: [] })
    expect(help.stdout.join('\n')).toContain('run as Node code with your rights')
    expect((await runSluice(folder, '--version')).stdout).toEqual([expect.stringMatching(/^\d+\.\d+\.\d+/)])
  })
})
