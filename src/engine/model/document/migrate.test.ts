import { expect, test } from 'vitest'
import { type Migration, migrateDocument } from './migrate.ts'

const migrations = new Map<number, Migration>([
  [1, (document) => ({ ...document, steps: ['one'] })],
  [2, (document) => ({ ...document, steps: ['two'], was: String(document.steps) })],
])

test('an older document goes through every step up to the current format', () => {
  expect(migrateDocument({ format: 'sluice/1' }, migrations, 3)).toEqual({
    ok: true,
    value: { format: 'sluice/3', steps: ['two'], was: 'one' },
  })
})

test('a document of the current format is left alone', () => {
  const document = { format: 'sluice/3', anything: 1 }
  expect(migrateDocument(document, migrations, 3)).toEqual({ ok: true, value: document })
})

test.each([
  [{ format: 'sluice/4' }, 'pipeline/newer-format'],
  [{ format: 'sluice/0' }, 'pipeline/unknown-format'],
  [{ format: 'other/1' }, 'pipeline/unknown-format'],
  [{ format: 1 }, 'pipeline/unknown-format'],
  [{}, 'pipeline/no-format'],
])('%j is refused with %s', (document, code) => {
  expect(migrateDocument(document, migrations, 3)).toMatchObject({ ok: false, error: [{ code, path: ['format'] }] })
})

test('a format whose step is gone is refused', () => {
  expect(migrateDocument({ format: 'sluice/1' }, new Map(), 2)).toMatchObject({
    ok: false,
    error: [{ code: 'pipeline/unknown-format' }],
  })
})
