/** Thrown when Sluice itself is wrong, never for what a user wrote. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError'
}

/** Stops with an InvariantError unless `condition` holds; what a user can mend is a Diagnostic instead. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InvariantError(message)
}
