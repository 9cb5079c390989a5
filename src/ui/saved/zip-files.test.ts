import { strFromU8, unzipSync } from 'fflate'
import { expect, it } from 'vitest'
import { err, ok } from '#engine/model/result.ts'
import { zipFiles } from './zip-files.ts'

const savedAtMs = Date.UTC(2024, 1, 2)
const part = (name: string) => ({ name, bytes: 1, records: 1 })
const directories = [
  { name: 'out/ä-2000', savedAtMs, parts: [part('part-00000'), part('part-00001')], whole: true },
  { name: '1000', savedAtMs, parts: [part('part-00000')], whole: false },
]

it('holds every file under its path, and _SUCCESS where it is', async () => {
  const zip = await zipFiles(directories, async (path) => ok(path.endsWith('1') ? '' : `text of ${path} 💧\n`))
  if (!zip.ok) throw new Error(zip.error)
  const entries = unzipSync(new Uint8Array(await zip.value.arrayBuffer()))
  expect(Object.entries(entries).map(([path, bytes]) => [path, strFromU8(bytes)])).toEqual([
    ['out/ä-2000/part-00000', 'text of out/ä-2000/part-00000 💧\n'],
    ['out/ä-2000/part-00001', ''],
    ['out/ä-2000/_SUCCESS', ''],
    ['1000/part-00000', 'text of 1000/part-00000 💧\n'],
  ])
})

it('says what could not be read', async () => {
  expect(await zipFiles(directories, async () => err('it is gone.'))).toEqual(err('it is gone.'))
})
