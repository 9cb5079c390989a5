import { expect, test } from 'vitest'
import { assign } from './few-files.ts'

test('gives each module to the first chunk that needs it, whatever the order of imports', () => {
  const imports: Readonly<Record<string, readonly string[]>> = {
    'one.ts': ['shared.ts', 'two.ts'],
    'two.ts': ['one.ts'],
    'late.ts': ['shared.ts', 'own.ts', 'alone.ts'],
    'own.ts': ['two.ts'],
  }
  const chunks = assign({ first: ['one.ts'], second: ['late.ts'] }, (id) => ({ importedIds: imports[id] ?? [] }))
  expect(Object.fromEntries(chunks)).toEqual({
    'one.ts': 'first',
    'shared.ts': 'first',
    'two.ts': 'first',
    'late.ts': 'second',
    'own.ts': 'second',
    'alone.ts': 'second',
  })
})
