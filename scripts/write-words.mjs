// Writes src/ui/words/english.gen.ts and late-english.gen.ts: every message of src/ui/words/catalogue.ts as lingui reads it, so that
// the page needs no parser of messages.
//   --check   writes nothing, exits 1 when a file on disk is stale

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import { english, lateEnglish } from '#ui/words/catalogue.ts'

const folder = join(fileURLToPath(new URL('..', import.meta.url)), 'src/ui/words')

const files = [
  { file: 'english.gen.ts', name: 'compiledEnglish', ids: 'StartWordId', words: english },
  { file: 'late-english.gen.ts', name: 'compiledLateEnglish', ids: 'LateWordId', words: lateEnglish },
]

/** @param {typeof files[number]} file */
function print({ name, ids, words }) {
  const lines = Object.entries(words).map(([id, text]) => {
    const compiled = compileMessage(text)
    // A bare text would be taken for one that is still to be compiled.
    return `  ${JSON.stringify(id)}: ${JSON.stringify(typeof compiled === 'string' ? [compiled] : compiled)},`
  })
  return `// Written by scripts/write-words.mjs. Do not edit.
// biome-ignore-all format: one message a line
import type { Messages } from '@lingui/core'
import type { ${ids} } from './catalogue.ts'

export const ${name}: Record<${ids}, Messages[string]> = {
${lines.join('\n')}
}
`
}

for (const each of files) {
  const target = join(folder, each.file)
  const fresh = print(each)
  const count = Object.keys(each.words).length
  const stale = !existsSync(target) || readFileSync(target, 'utf8') !== fresh
  if (!stale) console.log(`Words: ${count} messages in ${each.file}, up to date.`)
  else if (process.argv.includes('--check')) {
    console.error(`src/ui/words/${each.file} is stale: run \`npm run words\` and commit what it writes.`)
    process.exitCode = 1
  } else {
    writeFileSync(target, fresh)
    console.log(`Words: wrote ${count} messages to ${each.file}.`)
  }
}
