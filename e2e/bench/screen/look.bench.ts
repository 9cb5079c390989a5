// Whether a batch of a million records can be looked at without a stall of the screen. Run: npm run bench:look
import { busyMs, countWork, longestTask, nowMs, openDocument, openProduct, watchStalls } from './open-product.ts'

const STALL_MS = 50
const ROWS = 1000
const EACH = 1000
const million = (ROWS * EACH).toLocaleString('en')

const name = 'A million records'
const document = {
  format: 'sluice/1',
  name,
  settings: { batchMs: 2000, master: 'local[2]', checkpoint: false, seed: 1, conf: {} },
  nodes: [
    {
      id: 'ids',
      op: 'simulatedTextStream',
      params: { generator: 'custom', fn: 'i => i', rowsPerSecond: ROWS / 2 },
      at: [0, 80],
    },
    {
      id: 'events',
      op: 'flatMap',
      params: {
        fn: `id => Array.from({ length: ${EACH} }, (_, n) => ({ id: id * ${EACH} + n, user: 'user' + (n * 7 % 997), page: '/p/' + n, ms: n % 60 }))`,
      },
      at: [240, 80],
    },
    { id: 'users', op: 'map', params: { fn: 'event => [event.user, event.ms]' }, at: [480, 80] },
    { id: 'sums', op: 'reduceByKey', params: { reduce: '(a, b) => a + b' }, at: [720, 80] },
    { id: 'shown', op: 'print', params: { num: 10 }, at: [960, 80] },
  ],
  edges: [
    { from: 'ids', to: 'events' },
    { from: 'events', to: 'users' },
    { from: 'users', to: 'sums' },
    { from: 'sums', to: 'shown' },
  ],
}

const product = await openProduct()
try {
  const context = await product.browser.newContext({ viewport: { width: 1440, height: 900 } })
  await context.addInitScript(watchStalls)
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await countWork(session)
  await page.goto(product.url)
  await page.getByRole('group', { name: /^shown, / }).waitFor()
  await openDocument(page, name, document)
  const node = (id: string) => page.getByRole('group', { name: new RegExp(`^${id}, `) })
  await node('events')
    .getByRole('img', { name: /^1,000,000 .*in this batch/ })
    .waitFor({ timeout: 60_000 })

  let worst = 0
  const measure = async (title: string, act: () => Promise<void>): Promise<void> => {
    const fromMs = await nowMs(page)
    const before = await busyMs(session)
    await act()
    // Two frames: what was done is painted, and what it set off has begun.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
    const tookMs = (await nowMs(page)) - fromMs
    const busy = (await busyMs(session)) - before
    const longest = await longestTask(page, fromMs)
    worst = Math.max(worst, longest)
    const stall = longest === 0 ? `none over ${STALL_MS}` : longest.toFixed(0)
    console.log(
      `${title.padEnd(44)} ${tookMs.toFixed(0).padStart(6)} ms, main thread ${busy.toFixed(0).padStart(5)} ms, longest task ${stall}`,
    )
  }

  const rows = page.getByRole('region', { name: /^Records of/ })
  const more = page.getByRole('button', { name: 'Look closer' })
  const picked = page.getByText(`The first 1,000 of ${million} records, and 1,000 picked evenly from the others`)
  await measure('select the node', async () => {
    await node('events').click()
    await page.getByRole('tab', { name: 'This batch' }).click()
    await more.waitFor()
  })
  await more.click()
  await measure('the next batch and its 2,000 rows come', () => picked.waitFor({ timeout: 60_000 }))
  await page
    .getByRole('button', { name: /^Pause/ })
    .first()
    .click()
  await measure('while it is paused', async () => {})
  await measure('scroll to the end, 40 steps', async () => {
    for (let step = 1; step <= 40; step++) {
      await rows.evaluate((each, part) => {
        each.scrollTop = each.scrollHeight * part
      }, step / 40)
      await page.evaluate(() => new Promise(requestAnimationFrame))
    }
  })
  await measure('search as one types', async () => {
    await page.getByRole('searchbox', { name: 'Search records' }).pressSequentially('user99', { delay: 20 })
    await page.getByText(/ of 2,000 found$/).waitFor()
  })
  await measure('clear the search', () => page.getByRole('searchbox', { name: 'Search records' }).fill(''))
  await measure('copy as JSON', () => page.getByRole('button', { name: 'Copy as JSON' }).click())
  await measure('copy as CSV', () => page.getByRole('button', { name: 'Copy as CSV' }).click())
  for (const id of ['users', 'events', 'sums', 'events'])
    await measure(`go to ${id}`, async () => {
      await node(id).click()
      await page.getByRole('region', { name: `Data of ${id}` }).waitFor()
    })
  console.log(`\nThe longest task: ${worst.toFixed(0)} ms; goal: none over ${STALL_MS} ms.`)
} finally {
  await product.close()
}
