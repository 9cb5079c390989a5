// Writes public/pipeline.schema.json, the JSON Schema of the document, from the parser's own definitions.
// Run it as `node --import tsx scripts/write-schema.mjs`.
//   --check   writes nothing, exits 1 when the file on disk is stale

import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { toJsonSchema } from '@valibot/to-json-schema'
import {
  edgeSchema,
  groupSchema,
  nodeSchema,
  noteSchema,
  pipelineSchema,
  settingsSchema,
} from '#engine/model/document/document-schema.ts'

const target = fileURLToPath(new URL('../public/pipeline.schema.json', import.meta.url))

const converted = toJsonSchema(pipelineSchema, {
  target: 'draft-07',
  typeMode: 'input',
  definitions: { settings: settingsSchema, node: nodeSchema, edge: edgeSchema, note: noteSchema, group: groupSchema },
  // What no JSON Schema can say: checks in code, beside a pattern that says nearly the same.
  ignoreActions: ['check', 'max_entries'],
})
const { $schema, ...rest } = converted
const schema = {
  $schema,
  title: 'Sluice pipeline',
  description: 'A Sluice document, format 1. References between nodes and edges are checked when it is opened.',
  ...rest,
}
const fresh = JSON.stringify(schema)
// Compared without its layout, which is the formatter's.
const stale = !existsSync(target) || JSON.stringify(JSON.parse(readFileSync(target, 'utf8'))) !== fresh

if (!stale) console.log('Schema: up to date.')
else if (process.argv.includes('--check')) {
  console.error('public/pipeline.schema.json is stale: run `node --import tsx scripts/write-schema.mjs` and commit it.')
  process.exitCode = 1
} else {
  writeFileSync(target, fresh)
  const biome = fileURLToPath(new URL('../node_modules/@biomejs/biome/bin/biome', import.meta.url))
  execFileSync(process.execPath, [biome, 'format', '--write', target])
  console.log('Schema: written.')
}
