// Takes the picture of the README: the first example after some batches. Run: node --import tsx e2e/app/take-picture.ts
import { join } from 'node:path'
import { openProduct } from '#e2e/bench/screen/open-product.ts'
import { PROJECT } from './built-app.ts'

const product = await openProduct()
try {
  const page = await product.browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: 'light' })
  await page.goto(product.url)
  await page.getByRole('group', { name: /^wordCounts, / }).click()
  await page.getByRole('tab', { name: 'This batch' }).click()
  await page.getByText('(24 completed batches').waitFor()
  await page.mouse.move(600, 100)
  await page.screenshot({ path: join(PROJECT, 'docs/images/word-count.png') })
} finally {
  await product.close()
}
