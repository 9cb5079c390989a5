/** What a pen writes with. */
export type PenContext = Pick<CanvasRenderingContext2D, 'font' | 'fillStyle' | 'textAlign' | 'fillText' | 'measureText'>

export interface Ink {
  /** As in CSS. */
  readonly font: string
  readonly colour: string
}

/** A line of text: `x` is its right end or its middle, `height` that of the line. */
export interface Line {
  readonly x: number
  readonly top: number
  readonly height: number
  readonly align: 'right' | 'center'
}

interface FontFacts {
  /** Whole pixels, as browsers lay text out with. */
  readonly ascent: number
  readonly descent: number
  /** Width of a digit's cell where digits differ in width; undefined where all are as wide. */
  readonly cell: number | undefined
}

const DIGITS = [...'0123456789']

/** Writes on a drawing as the page would write: in the middle of lines, with digits of one width, which a drawing's fonts
 *  cannot be asked for. */
export class FigurePen {
  readonly #context: PenContext
  readonly #fonts = new Map<string, FontFacts>()
  #ink: Ink = { font: '', colour: '' }
  #align = ''

  constructor(context: PenContext) {
    this.#context = context
  }

  /** To be told when the drawing has lost its settings, as it does with a new size. */
  forget(): void {
    this.#ink = { font: '', colour: '' }
    this.#align = ''
  }

  write(text: string, ink: Ink, { x, top, height, align }: Line): void {
    this.#dip(ink)
    const { ascent, descent, cell } = this.#factsOf(ink.font)
    const baseline = top + ascent + Math.floor((height - ascent - descent) / 2)
    if (cell === undefined) {
      this.#turn(align)
      this.#context.fillText(text, x, baseline)
      return
    }
    const widths = [...text].map((letter) => (isDigit(letter) ? cell : this.#context.measureText(letter).width))
    const width = widths.reduce((sum, each) => sum + each, 0)
    let middle = align === 'right' ? x - width : x - width / 2
    this.#turn('center')
    for (const [index, letter] of [...text].entries()) {
      const half = (widths[index] ?? 0) / 2
      this.#context.fillText(letter, middle + half, baseline)
      middle += 2 * half
    }
  }

  /** Setting what is set already costs as much as writing. */
  #dip({ font, colour }: Ink): void {
    if (this.#ink.font !== font) this.#context.font = font
    if (this.#ink.colour !== colour) this.#context.fillStyle = colour
    this.#ink = { font, colour }
  }

  #turn(align: 'right' | 'center'): void {
    if (this.#align !== align) this.#context.textAlign = align
    this.#align = align
  }

  #factsOf(font: string): FontFacts {
    const known = this.#fonts.get(font)
    if (known !== undefined) return known
    const { fontBoundingBoxAscent, fontBoundingBoxDescent } = this.#context.measureText('0')
    const widths = DIGITS.map((digit) => this.#context.measureText(digit).width)
    const cell = Math.max(...widths)
    const facts = {
      ascent: Math.round(fontBoundingBoxAscent),
      descent: Math.round(fontBoundingBoxDescent),
      cell: cell - Math.min(...widths) < 0.01 ? undefined : cell,
    }
    this.#fonts.set(font, facts)
    return facts
  }
}

function isDigit(letter: string): boolean {
  return letter >= '0' && letter <= '9'
}
