/** Whether the answer came, within `limitMs` if there is a limit. */
export async function inTime(answer: Promise<unknown> | undefined, limitMs: number | undefined): Promise<boolean> {
  if (answer === undefined) return false
  if (limitMs === undefined) return (await answer) !== undefined
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, limitMs, undefined))
  return (await Promise.race([answer, late])) !== undefined
}
