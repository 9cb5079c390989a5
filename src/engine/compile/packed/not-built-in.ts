/** Thrown inside this folder where a function does more than is known; `part` is the text that does. */
export class NotBuiltIn {
  readonly part: string

  constructor(part: string) {
    this.part = part
  }
}
