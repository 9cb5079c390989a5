// Where a text stops being JSON, in our own words. JSON.parse decides whether it is JSON at all.

/** The first mistake of a text that JSON.parse refused; `at` is an offset in UTF-16 units. */
export interface JsonMistake {
  readonly at: number
  readonly message: string
}

/** Finds the first mistake in a text.
 *  Fails: never; a text that has none gets the mistake "reads no further" at its end */
export function findJsonMistake(text: string, maxDepth: number): JsonMistake {
  const scanner = new Scanner(text, maxDepth)
  try {
    scanner.document()
  } catch (mistake) {
    if (mistake instanceof Mistake) return { at: mistake.at, message: mistake.message }
    throw mistake
  }
  return { at: text.length, message: 'this text cannot be read as JSON.' }
}

class Mistake extends Error {
  readonly at: number
  constructor(at: number, message: string) {
    super(message)
    this.at = at
  }
}

// Sticky expressions: each is tried exactly where the scanner stands.
const SPACE = /[ \t\n\r]*/y
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y
const WORD = /[A-Za-z_$][\w$]*/y
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y

/** Whether a UTF-16 unit stands for itself inside a text; NaN, the end, does not. */
function isPlain(unit: number): boolean {
  return unit >= 0x20 && unit !== 0x22 && unit !== 0x5c
}

class Scanner {
  private readonly text: string
  private readonly maxDepth: number
  private at: number

  constructor(text: string, maxDepth: number) {
    this.text = text
    this.maxDepth = maxDepth
    this.at = text.startsWith('\uFEFF') ? 1 : 0
  }

  document(): void {
    this.take(SPACE)
    if (this.at === this.text.length) this.stop('there is no JSON here.')
    this.value(0)
    this.take(SPACE)
    if (this.at < this.text.length) this.stop(`expected nothing after the value, but found ${this.found()}.`)
  }

  private value(depth: number): void {
    if (depth > this.maxDepth) this.stop(`this is nested more than ${this.maxDepth} levels deep.`)
    const next = this.text[this.at]
    if (next === '{') this.list('}', () => this.member(depth))
    else if (next === '[') this.list(']', () => this.value(depth + 1))
    else if (next === '"') this.string()
    else if (next === "'") this.stop('a text stands in double quotes.')
    else if (!this.take(NUMBER)) this.word()
  }

  private list(end: '}' | ']', item: () => void): void {
    this.at++
    this.take(SPACE)
    if (this.text[this.at] === end) {
      this.at++
      return
    }
    for (;;) {
      item()
      this.take(SPACE)
      const next = this.text[this.at]
      if (next === end) {
        this.at++
        return
      }
      if (next !== ',') this.stop(`expected a comma or ${end}, but found ${this.found()}.`)
      const comma = this.at++
      this.take(SPACE)
      if (this.text[this.at] === end) {
        this.at = comma
        this.stop(`a comma may not stand before ${end}.`)
      }
    }
  }

  private member(depth: number): void {
    if (this.text[this.at] !== '"') this.stop(`expected a key in double quotes, but found ${this.found()}.`)
    this.string()
    this.take(SPACE)
    if (this.text[this.at] !== ':') this.stop(`expected a colon after the key, but found ${this.found()}.`)
    this.at++
    this.take(SPACE)
    this.value(depth + 1)
  }

  private string(): void {
    const from = this.at++
    for (;;) {
      while (isPlain(this.text.charCodeAt(this.at))) this.at++
      const next = this.text[this.at]
      if (next === '"') break
      if (next === undefined || next === '\n') {
        this.at = from
        this.stop('this text has no closing quote on its line.')
      }
      if (next !== '\\') this.stop('a control character in a text is written \\u0000 to \\u001f.')
      if (!this.take(ESCAPE)) this.stop('after a backslash only " \\ / b f n r t or u and four digits may follow.')
    }
    this.at++
  }

  private word(): void {
    const from = this.at
    if (!this.take(WORD)) this.stop(`expected a value, but found ${this.found()}.`)
    const word = this.text.slice(from, this.at)
    if (word === 'true' || word === 'false' || word === 'null') return
    this.at = from
    const shown = word.length > 20 ? `${word.slice(0, 20)}…` : word
    this.stop(`${shown} is not a JSON value; a text stands in double quotes.`)
  }

  /** Moves past what the expression matches here; false when that is nothing. */
  private take(expression: RegExp): boolean {
    expression.lastIndex = this.at
    const match = expression.exec(this.text)
    if (match === null || match[0] === '') return false
    this.at += match[0].length
    return true
  }

  private found(): string {
    const point = this.text.codePointAt(this.at)
    return point === undefined ? 'the end of the text' : JSON.stringify(String.fromCodePoint(point))
  }

  private stop(message: string): never {
    throw new Mistake(this.at, message)
  }
}
