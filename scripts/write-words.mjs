// Writes src/ui/words/english.gen.ts: every message of src/ui/words/catalogue.ts as lingui reads it, so that the page needs no
// parser of messages.
//   --check   writes nothing, exits 1 when the file on disk is stale

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import { english } from '#ui/words/catalogue.ts'

const target = join(fileURLToPath(new URL('..', import.meta.url)), 'src/ui/words/english.gen.ts')

const lines = Object.entries(english).map(([id, text]) => {
  const compiled = compileMessage(text)
  // A bare text would be taken for one that is still to be compiled.
  return `  ${JSON.stringify(id)}: ${JSON.stringify(typeof compiled === 'string' ? [compiled] : compiled)},`
})
const fresh = `// Written by scripts/write-words.mjs. Do not edit.
// biome-ignore-all format: one message a line
import type { Messages } from '@lingui/core'
import type { WordId } from './catalogue.ts'

export const compiledEnglish: Record<WordId, Messages[string]> = {
${lines.join('\n')}
}
`
const stale = !existsSync(target) || readFileSync(target, 'utf8') !== fresh

if (!stale) console.log(`Words: ${lines.length} messages, up to date.`)
else if (process.argv.includes('--check')) {
  console.error('src/ui/words/english.gen.ts is stale: run `npm run words` and commit what it writes.')
  process.exitCode = 1
} else {
  writeFileSync(target, fresh)
  console.log(`Words: wrote ${lines.length} messages.`)
}
