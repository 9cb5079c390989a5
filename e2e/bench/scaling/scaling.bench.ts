// What a batch costs as records, keys, nodes, windows and states grow: npm run bench:scaling, or npm run bench:scaling -- windows for one
// picture. In Node, over the whole engine. Writes docs/images/scaling-*.svg and its part of BENCHMARKS.md.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { PROJECT } from '#e2e/app/built-app.ts'
import { fitExponent } from './fit.ts'
import { measurePoint, type Point } from './measure-point.ts'
import { type PlotOf, plots, type Series } from './plots.ts'
import { type Line, printPlot } from './print-plot.ts'

const START = '<!-- scaling: written by npm run bench:scaling -->'
const END = '<!-- end of scaling -->'

const asked = process.argv.slice(2)
const unknown = asked.filter((id) => plots.every((plot) => plot.id !== id))
if (unknown.length > 0)
  throw new Error(`no picture ${unknown.join(', ')}; there are ${plots.map(({ id }) => id).join(', ')}`)

const date = new Date().toISOString().slice(0, 10)
const load = loadavg().map((each) => each.toFixed(2))
const path = join(PROJECT, 'BENCHMARKS.md')
let document = await readFile(path, 'utf8')
await mkdir(join(PROJECT, 'docs/images'), { recursive: true })
for (const plot of plots) {
  if (asked.length > 0 && !asked.includes(plot.id)) continue
  const lines: Line[] = []
  for (const series of plot.series) lines.push({ name: series.name, points: await measureSeries(series) })
  await writeFile(join(PROJECT, `docs/images/scaling-${plot.id}.svg`), printPlot(plot.title, plot.unit, lines))
  const text = printSection(plot, lines)
  console.log(`${text}\n`)
  document = replaceSection(document, plot.id, text)
}
await writeFile(path, document)

async function measureSeries(series: Series): Promise<readonly Point[]> {
  const points: Point[] = []
  for (const size of series.sizes) points.push(await measurePoint(size, series.make(size)))
  return points
}

function printSection({ id, title, unit, series }: PlotOf, lines: readonly Line[]): string {
  const sizes = [...new Set(series.flatMap((each) => each.sizes))]
  return [
    `**${title}**, processor ms a batch; ${date}, Node ${process.version}, load average before the run ${load.join(', ')}.`,
    '',
    `![${title}: processor ms a batch over ${unit}, both axes logarithmic](docs/images/scaling-${id}.svg)`,
    '',
    `| | ${sizes.map((size) => size.toLocaleString('en')).join(' | ')} | exponent | expected |`,
    `|---|${sizes.map(() => '---|').join('')}---|---|`,
    ...series.map(({ name, most, expected }, index) => {
      const points = lines[index]?.points ?? []
      const exponent = fitExponent(points)
      const cells = sizes.map((size) => printMs(points.find((point) => point.size === size)?.ms))
      const word = exponent <= most ? 'as expected' : 'more than expected'
      return `| ${name} | ${cells.join(' | ')} | ${exponent.toFixed(2)}, ${word} | ${expected} |`
    }),
  ].join('\n')
}

function printMs(ms: number | undefined): string {
  if (ms === undefined) return '–'
  return ms >= 100 ? ms.toFixed(0) : ms.toPrecision(2)
}

/** Fails: throws when the marks are missing */
function replaceSection(whole: string, id: string, text: string): string {
  const [start, end] = [whole.indexOf(START), whole.indexOf(END)]
  if (start < 0 || end < start) throw new Error('BENCHMARKS.md has lost the marks of the scaling')
  const parts = whole.slice(start + START.length, end).split(/^<!-- picture (\w+) -->$/m)
  const sections = new Map<string, string>()
  for (let at = 1; at + 1 < parts.length; at += 2) sections.set(parts[at] ?? '', (parts[at + 1] ?? '').trim())
  sections.set(id, text)
  const ordered = plots.flatMap((plot) => {
    const section = sections.get(plot.id)
    return section === undefined ? [] : [`<!-- picture ${plot.id} -->\n${section}`]
  })
  return `${whole.slice(0, start + START.length)}\n\n${ordered.join('\n\n')}\n\n${whole.slice(end)}`
}
