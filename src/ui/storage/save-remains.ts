import { plainName } from '#ui/download/plain-name.ts'
import { saveBlob } from '#ui/download/save-blob.ts'

/** Hands what is left of a damaged checkpoint to the person, as JSON in a gzip. */
export async function saveRemains(pipelineName: string, asked: Promise<string | undefined>): Promise<void> {
  const text = await asked
  if (text === undefined) return
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))
  saveBlob(`${plainName(pipelineName)}-damaged.json.gz`, await new Response(packed).blob())
}
