import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { files } from './documents.ts'
import { makeFolder, removeFolder, runSluice } from './sluice-process.ts'

let folder = ''
beforeEach(async () => {
  folder = await makeFolder(files)
})
afterEach(() => removeFolder(folder))

const save = (...more: readonly string[]) =>
  runSluice(folder, 'run', 'saving.json', '--batches', '4', '--input', 'saving-in.json', ...more)

/** Path → text of every file below a directory of the folder. */
async function textsBelow(place: string): Promise<Record<string, string>> {
  const found = await readdir(join(folder, place), { recursive: true, withFileTypes: true })
  const paths = found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const texts = await Promise.all(paths.sort().map((path) => readFile(path, 'utf8')))
  return Object.fromEntries(
    paths.map((path, index) => [path.slice(join(folder, place).length + 1), texts[index] ?? '']),
  )
}

/** What the document saves; batch 3 has no RDD. */
const expected = {
  'out/counts-1000.txt/_SUCCESS': '',
  'out/counts-1000.txt/part-00000': '(b,1)\n',
  'out/counts-1000.txt/part-00001': '(a,2)\n',
  'out/counts-2000.txt/_SUCCESS': '',
  'out/counts-2000.txt/part-00000': '',
  'out/counts-2000.txt/part-00001': '',
  'out/counts-4000.txt/_SUCCESS': '',
  'out/counts-4000.txt/part-00000': '',
  'out/counts-4000.txt/part-00001': '(c,1)\n',
}

describe('sluice run with an output that saves files', () => {
  it('leaves a directory per batch beside the document, an empty one too, and the same on every run', async () => {
    expect(await save()).toMatchObject({ status: 0, stderr: [] })
    expect(await textsBelow('saving.files')).toEqual(expected)
    expect(await save()).toMatchObject({ status: 0, stderr: [] })
    expect(await textsBelow('saving.files')).toEqual(expected)
  })

  it('saves below --files, which it makes, and nowhere else', async () => {
    const before = await readdir(folder)
    expect(await save('--files', 'some/where')).toMatchObject({ status: 0, stderr: [] })
    expect(await textsBelow('some/where')).toEqual(expected)
    expect((await readdir(folder)).sort()).toEqual([...before, 'some'].sort())
  })

  it('replaces the directories of batches that run again after it was killed', async () => {
    const checkpoint = ['--checkpoint-dir', 'checkpoint']
    expect(await save(...checkpoint, '--kill-after', '2')).toMatchObject({ signal: 'SIGKILL' })
    // As a death in the middle of writing leaves it.
    await mkdir(join(folder, 'saving.files/out/.sluice-unfinished'), { recursive: true })
    await writeFile(join(folder, 'saving.files/out/.sluice-unfinished/part-00000'), '(a,')
    expect((await save(...checkpoint)).status).toBe(0)
    expect(await textsBelow('saving.files')).toEqual(expected)
  })

  it('never deletes what it has not written', async () => {
    const foreign = join(folder, 'saving.files/out/counts-1000.txt')
    await mkdir(foreign, { recursive: true })
    await writeFile(join(foreign, 'diary.txt'), 'dear diary')
    const run = await save()
    expect(run.status).toBe(1)
    const error = run.lines.find((line) => line.type === 'error')
    expect(error).toMatchObject({ timeMs: 1000, node: 'text' })
    expect(error?.message).toContain('holds "diary.txt", which no save has written')
    const { 'out/counts-1000.txt/diary.txt': diary, ...rest } = await textsBelow('saving.files')
    expect(diary).toBe('dear diary')
    expect(Object.keys(rest)).toEqual(Object.keys(expected).filter((path) => !path.includes('-1000')))
  })

  it('refuses a place that cannot be used before anything runs', async () => {
    const run = await save('--files', 'saving.json')
    expect(run).toMatchObject({ status: 2, stdout: [] })
    expect(run.stderr).toEqual([expect.stringContaining('The directory for saved files cannot be used')])
  })
})
