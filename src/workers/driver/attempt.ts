import { err, ok, type Result } from '#engine/model/result.ts'

/** What `act` gives, or the message of what it throws. */
export async function attempt<T>(act: () => Promise<T>): Promise<Result<T, string>> {
  try {
    return ok(await act())
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error))
  }
}
