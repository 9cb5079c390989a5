// Takes the picture of the README: the first example after some batches. Run: node --import tsx e2e/app/take-picture.ts
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openProduct } from '#e2e/bench/screen/open-product.ts'
import { PROJECT } from './built-app.ts'

const product = await openProduct()
try {
  const page = await product.browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: 'light' })
  await page.goto(product.url)
  await page.getByRole('group', { name: /^wordCounts, / }).click()
  await page.getByRole('tab', { name: 'This batch' }).click()
  await page.getByText(/\(([3-9]|2(?=[4-9]))\d completed batches/).waitFor()
  await page.mouse.move(600, 100)
  for (let picture: Buffer | undefined; picture === undefined; ) {
    const before = await page.evaluate(findBatch)
    picture = await page.screenshot()
    // Taken while a batch came in, it would show two of them.
    if (before === undefined || before !== (await page.evaluate(findBatch))) picture = undefined
    else await writeFile(join(PROJECT, 'docs/images/word-count.png'), picture)
  }
} finally {
  await product.close()
}

/** The batch that panel and canvas show; undefined while they do not agree. */
function findBatch(): string | undefined {
  const panel = document.querySelector<HTMLElement>('[role=tabpanel] header')?.innerText ?? ''
  // The node's figure is drawn; its words follow it within a second.
  const figures = [...document.querySelectorAll('.react-flow__node.selected [role=img]')].map((each) => each.ariaLabel)
  const [, records] = /\n(\S+) records/.exec(panel) ?? []
  return records !== undefined && figures.includes(`${records} records in this batch`) ? panel : undefined
}
