export const RUN_FILE_ENDING = '.sluice-run'

/** Whether a file is meant to be a run, by its first bytes or its name. */
export async function isRunFile(file: File): Promise<boolean> {
  if (file.name.toLowerCase().endsWith(RUN_FILE_ENDING)) return true
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer())
  return first === 0x1f && second === 0x8b
}
