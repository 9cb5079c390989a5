import { expect, test } from 'vitest'
import { MOST_LISTED } from '#protocol/saved-files.ts'
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
  expect(await files.list()).toMatchObject({
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
  expect((await files.list()).directories.map(({ name }) => name)).toEqual(['out-2000'])
  await files.delete()
  expect((await files.list()).totals.directories).toBe(0)
})

test('lists the newest only, and counts all', async () => {
  const files = new PageOutputFiles()
  for (let batch = 0; batch < MOST_LISTED + 5; batch++) await files.save(String(batch), [{ text: 'a\n', records: 1 }])
  const { directories, totals } = await files.list()
  expect(directories).toHaveLength(MOST_LISTED)
  expect(directories[0]?.name).toBe(String(MOST_LISTED + 4))
  expect(totals).toEqual({ directories: MOST_LISTED + 5, bytes: 2 * (MOST_LISTED + 5), records: MOST_LISTED + 5 })
})
