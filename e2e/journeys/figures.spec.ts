import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { chain } from '#e2e/app/documents.ts'
import { withApp } from '#e2e/app/open-app.ts'
import { button, openPipeline, outputLog, pause, setSpeed, showTab, soon, untilPhase } from '#e2e/app/screen.ts'
import { parsePipeline } from '#engine/model/parse-pipeline.ts'
import type { Pipeline } from '#engine/model/pipeline.ts'
import { loadLateWords } from '#ui/words/late-words.ts'
import { t } from '#ui/words/words.ts'

loadLateWords()

const app = withApp()
/** Set to look at the screen. */
const { SLUICE_PICTURES } = process.env

/** Words of sentences drawn as lines and counted: seeded, so that a total can be known beforehand. */
const pictured = fork('Pictured words', [
  ['drawn', 'chart', { top: 4 }],
  ['seen', 'counter', { measure: 'sum' }],
])

function fork(name: string, outputs: readonly (readonly [string, string, object])[]): Pipeline {
  const base = chain({
    name,
    nodes: [
      ['lines', 'simulatedTextStream', { generator: 'sentences', rowsPerSecond: 20 }],
      ['words', 'flatMap', { fn: "line => line.split(' ')" }],
      ['pairs', 'map', { fn: 'word => [word, 1]' }],
      ['counts', 'reduceByKey', { reduce: '(a, b) => a + b' }],
    ],
  })
  const nodes = outputs.map(([id, op, params], index) => ({ id, op, params, at: [960, 80 + index * 120] }))
  const edges = outputs.map(([id]) => ({ from: 'counts', to: id }))
  const parsed = parsePipeline({ ...base, nodes: [...base.nodes, ...nodes], edges: [...base.edges, ...edges] })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  return parsed.value
}

const section = (page: Page, node: string): Locator =>
  page.getByRole('region', { name: t('outputs.section', { node }) })

const asNumber = (text: string): number => Number(text.replaceAll(',', ''))

/** The figures of every batch that the counter's table shows: batch → in the batch, in all. */
async function countedBatches(page: Page): Promise<ReadonlyMap<string, readonly [number, number]>> {
  const rows = await section(page, 'seen').getByRole('row').allInnerTexts()
  return new Map(
    rows.flatMap((row) => {
      const [time, value, total] = row.split('\t')
      return time === undefined || total === undefined || !/\d:\d/.test(time)
        ? []
        : [[time, [asNumber(value ?? ''), asNumber(total)]]]
    }),
  )
}

async function picture(page: Page, name: string): Promise<void> {
  if (SLUICE_PICTURES === undefined) return
  for (const theme of ['light', 'dark']) {
    await page.evaluate((chosen) => document.documentElement.setAttribute('data-theme', chosen), theme)
    await page.screenshot({ path: `${SLUICE_PICTURES}/${name}-${theme}.png` })
  }
}

test('a chart is read by keyboard and as a table; a total goes on over a reload and counts each batch once', async () => {
  await app.visit({}, async ({ page }) => {
    await openPipeline(page, pictured)
    await setSpeed(page, '10')
    const chart = page.getByRole('slider', { name: /^Chart of drawn/ })
    await soon(() => chart.getAttribute('aria-valuemax').then(Number)).toBeGreaterThan(11)
    await pause(page)
    await picture(page, 'lines')

    await chart.focus()
    const newest = await chart.getAttribute('aria-valuetext')
    await page.keyboard.press('ArrowLeft')
    expect(await chart.getAttribute('aria-valuetext')).not.toBe(newest)
    await page.keyboard.press('Home')
    expect(await chart.getAttribute('aria-valuetext')).toMatch(/^00:01: \w+ \d+, .*others \d+$/)
    await page.keyboard.press('Enter')
    await section(page, 'seen')
      .getByText(t('outputs.inBatch', { time: '00:01' }))
      .waitFor()
    await picture(page, 'shown')
    await page.keyboard.press('Escape')

    const others = section(page, 'drawn').getByRole('button', { name: /^others/ })
    await others.click()
    expect(await others.getAttribute('aria-pressed')).toBe('false')
    expect(await chart.getAttribute('aria-valuetext')).not.toContain('others')
    await picture(page, 'without-others')

    for (const form of ['bars', 'ranking'] as const) {
      await section(page, 'drawn')
        .getByRole('button', { name: t(`outputs.figures.${form}`) })
        .click()
      await picture(page, form)
    }
    for (const node of ['drawn', 'seen'])
      await section(page, node)
        .getByRole('button', { name: t('outputs.figures.table') })
        .click()
    const table = section(page, 'drawn').getByRole('table')
    await soon(() => table.getByRole('columnheader').count()).toBe(6)
    await picture(page, 'table')

    const before = await countedBatches(page)
    await page.reload()
    await untilPhase(page, 'paused')
    await section(page, 'seen')
      .getByRole('button', { name: t('outputs.figures.table') })
      .click()
    // Only the rows in sight are in the page.
    await soon(async () => (await countedBatches(page)).size).toBeGreaterThan(4)
    const after = await countedBatches(page)
    const both = [...after].filter(([time]) => before.has(time))
    expect(both.length).toBeGreaterThan(4)
    for (const [time, figures] of both) expect([time, figures]).toEqual([time, before.get(time)])

    await button(page, t('run.resume')).click()
    const newestOf = async () => [...(await countedBatches(page)).keys()][0]
    const [was] = after.keys()
    await soon(newestOf).not.toBe(was)
    await pause(page)
    const all = [...(await countedBatches(page))].reverse()
    const steps = all.slice(1).map(([, [value, total]], index) => total - value === all[index]?.[1][1])
    expect(steps.every(Boolean)).toBe(true)
  })
})

test('a sink sends what it is given, fails the batches that it cannot send, and goes on', async () => {
  let server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  await once(server, 'listening')
  // A listening server has an address with a port.
  const { port } = server.address() as AddressInfo
  const got: { timeMs: number; records: [string, number][] }[] = []
  const listen = () =>
    server.on('connection', (socket) => socket.on('message', (text) => got.push(JSON.parse(String(text)))))
  listen()
  const address = `ws://127.0.0.1:${port}`
  const params = { url: address, split: 'batch', envelope: true, timeoutMs: 300 }
  const pipeline = fork('Sent words', [['sent', 'webSocketSink', params]])
  try {
    await app.visit({ expected: [/^WebSocket connection to 'ws:/] }, async ({ page }) => {
      await openPipeline(page, pipeline)
      await section(page, 'sent').getByText(t('outputs.sink.open', { address })).waitFor()
      await soon(() => got.length).toBeGreaterThan(2)
      await picture(page, 'sink')
      expect(got.map(({ timeMs }) => timeMs).slice(0, 2)).toEqual([1000, 2000])
      expect(got[0]?.records.every(([word, count]) => /^\w+$/.test(word) && count > 0)).toBe(true)
      await soon(() => outputLog(page, 'sent').innerText()).toContain(`in 1 message to ${address}`)

      for (const client of server.clients) client.terminate()
      server.close()
      await section(page, 'sent').getByText(t('outputs.sink.refused', { address })).waitFor()
      await showTab(page, 'problems')
      await page.getByText(`The batch could not be sent to ${address}`).first().waitFor()
      await picture(page, 'sink-refused')

      server = new WebSocketServer({ host: '127.0.0.1', port })
      listen()
      const before = got.length
      await showTab(page, 'output')
      await section(page, 'sent').getByText(t('outputs.sink.open', { address })).waitFor()
      await soon(() => got.length).toBeGreaterThan(before)
    })
  } finally {
    for (const client of server.clients) client.terminate()
    server.close()
  }
})
