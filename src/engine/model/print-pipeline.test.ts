import { expect, test } from 'vitest'
import { MAX_DOCUMENT_BYTES } from './limits.ts'
import { parsePipelineText } from './parse-pipeline.ts'
import { printPipeline } from './print-pipeline.ts'

function reprint(text: string): string {
  const parsed = parsePipelineText(text)
  return parsed.ok ? printPipeline(parsed.value) : JSON.stringify(parsed.error)
}

const wordCount = `{
  "format": "sluice/1",
  "name": "Word count",
  "description": "Counts words.",
  "settings": {
    "batchMs": 1000,
    "master": "local[2]",
    "checkpoint": true,
    "seed": 1,
    "conf": { "spark.streaming.backpressure.enabled": true }
  },
  "nodes": [
    { "id": "words", "op": "flatMap", "params": { "fn": "line => line.split(' ')" }, "at": [240, 80], "colour": "red" },
    {
      "id": "wordCounts",
      "op": "reduceByKey",
      "params": { "reduce": "(a, b) => a + b", "numPartitions": 4 },
      "at": [480, 80],
      "note": "One number for each word"
    },
    { "id": "top", "op": "glom", "at": [720, 80] }
  ],
  "edges": [
    { "from": "words", "to": "wordCounts" },
    { "from": "wordCounts", "to": "top", "port": "in" }
  ],
  "future": []
}
`

test('a printed document prints as it is', () => {
  expect(reprint(wordCount)).toBe(wordCount)
})

test('keys in any order and layout print in the known order, unknown ones last', () => {
  const shuffled = JSON.stringify(JSON.parse(wordCount), (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && !('fn' in value) && !('reduce' in value)
      ? Object.fromEntries(Object.entries(value).reverse())
      : value,
  )
  expect(shuffled).not.toBe(JSON.stringify(JSON.parse(wordCount)))
  expect(reprint(shuffled)).toBe(wordCount)
})

test('a document whose line breaks would make it too large is printed without them', () => {
  const numbers = `[${'1,'.repeat(MAX_DOCUMENT_BYTES / 4)}1]`
  const text = `{"format":"sluice/1","nodes":[{"id":"a","op":"b","params":{"x":${numbers}}}]}`
  const printed = reprint(text)
  expect(printed.length).toBeLessThan(MAX_DOCUMENT_BYTES)
  expect(reprint(printed)).toBe(printed)
})
