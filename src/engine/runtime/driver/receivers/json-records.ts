import { MAX_DEPTH } from '#engine/record/shape.ts'

/** Why a text that came is no record of a JSON feed; undefined when it is one. */
export function findJsonFault(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isDeep(text) && depthOf(value) > MAX_DEPTH ? `nests more than ${MAX_DEPTH} levels deep` : undefined
  } catch {
    return 'is not JSON'
  }
}

/** The JSON array of texts that are JSON. */
export function joinJson(texts: readonly string[]): string {
  return `[${texts.join(',')}]`
}

/** Whether a text may nest too deep: hardly any has brackets enough. */
function isDeep(text: string): boolean {
  if (text.length <= 2 * MAX_DEPTH) return false
  let brackets = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x5b || code === 0x7b) brackets += 1
  }
  return brackets > MAX_DEPTH
}

function depthOf(value: unknown): number {
  let depth = 0
  let level: object[] = [value].filter(isObject)
  while (level.length > 0 && depth <= MAX_DEPTH) {
    depth += 1
    level = level.flatMap((each): unknown[] => Object.values(each)).filter(isObject)
  }
  return depth
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
