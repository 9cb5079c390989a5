import { describe, expect, it } from 'vitest'
import { fileNameOf } from './save-file.ts'

describe('fileNameOf', () => {
  it('keeps letters of any script and nothing that a file system minds', () => {
    expect(fileNameOf('Word count')).toBe('word-count.json')
    expect(fileNameOf('../../etc/passwd')).toBe('etc-passwd.json')
    expect(fileNameOf('Zählen: 数える')).toBe('zählen-数える.json')
  })

  it('has a name for what has none, and an end for what has too much', () => {
    expect(fileNameOf('???')).toBe('pipeline.json')
    expect(fileNameOf('x'.repeat(500))).toHaveLength(65)
  })
})
