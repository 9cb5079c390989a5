import { keyForm } from '#engine/record/key-form.ts'

/** Whether two keys are equal: by content, NaN equal to itself, `-0` to `0`.
 *  Fails: RecordError for what cannot be a key */
export function sameKey(a: unknown, b: unknown): boolean {
  const [left, right] = [keyForm(a), keyForm(b)]
  return left === right || Object.is(left, right)
}
