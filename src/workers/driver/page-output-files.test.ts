import { expect, test } from 'vitest'
import { PageOutputFiles } from './page-output-files.ts'

test('lists what was saved last first, reads it and deletes it', async () => {
  const files = new PageOutputFiles()
  const parts = [
    { text: 'ä\n', records: 1 },
    { text: '', records: 0 },
  ]
  await files.save('out-1000', parts)
  await files.save('out-2000', [])
  await files.save('out-1000', parts)
  expect(await files.list(10)).toMatchObject({
    directories: [
      {
        name: 'out-1000',
        whole: true,
        parts: [
          { name: 'part-00000', bytes: 3, records: 1 },
          { name: 'part-00001', bytes: 0, records: 0 },
        ],
      },
      { name: 'out-2000', parts: [] },
    ],
    totals: { directories: 2, bytes: 3, records: 1 },
    kept: 'page',
  })
  expect(await files.read('out-1000/part-00000')).toBe('ä\n')
  expect(await files.read('out-2000/_SUCCESS')).toBe('')
  await expect(files.read('out-1000/part-00002')).rejects.toThrow('There is no file "out-1000/part-00002".')
  await files.delete('out-1000')
  expect((await files.list(10)).directories.map(({ name }) => name)).toEqual(['out-2000'])
  await files.delete()
  expect((await files.list(10)).totals.directories).toBe(0)
})

test('lists the newest only, and counts all', async () => {
  const files = new PageOutputFiles()
  for (let batch = 0; batch < 15; batch++) await files.save(String(batch), [{ text: 'a\n', records: 1 }])
  const { directories, totals } = await files.list(10)
  expect(directories).toHaveLength(10)
  expect(directories[0]?.name).toBe('14')
  expect(totals).toEqual({ directories: 15, bytes: 30, records: 15 })
})
