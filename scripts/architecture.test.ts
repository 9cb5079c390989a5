import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

// A map that names what is not there is worse than none.

const root = fileURLToPath(new URL('..', import.meta.url))
const folders = ['', 'src/', 'src/engine/', 'src/engine/runtime/', 'src/engine/runtime/executor/']
const files = readdirSync(`${root}src`, { recursive: true, encoding: 'utf8' })

/** Every path and every file name that a document puts between backticks. */
function pathsIn(document: string): readonly string[] {
  const text = readFileSync(`${root}${document}`, 'utf8')
  const quoted = [...text.matchAll(/`([^`\s]+)`/g)].map((match) => match[1] ?? '')
  return [
    ...new Set(
      quoted.filter(
        (path) => /^[\w./-]+$/.test(path) && !path.startsWith('.') && (/\.tsx?$/.test(path) || /^src\//.test(path)),
      ),
    ),
  ]
}

test.each(['ARCHITECTURE.md', 'CONTRIBUTING.md'])('every path in %s exists', (document) => {
  const paths = pathsIn(document)
  const missing = paths.filter(
    (path) =>
      !folders.some((folder) => existsSync(root + folder + path)) && !files.some((file) => file.endsWith(`/${path}`)),
  )
  expect(missing).toEqual([])
})
