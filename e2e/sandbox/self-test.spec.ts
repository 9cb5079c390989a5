import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type LabHandle, openLab } from './lab.ts'

let lab: LabHandle

beforeAll(async () => {
  lab = await openLab()
})
afterAll(() => lab.close())

/** A fresh harness page whose iframes are spoilt before they load, as a browser without the feature would spoil them. */
async function openSpoilt(spoil: () => void): Promise<Page> {
  const page = await lab.page.context().newPage()
  await page.goto(lab.server.url)
  await page.evaluate(spoil)
  return page
}

const refusal = (page: Page) => page.evaluate(() => window.lab.openWithProbe())

describe('T1: the sandbox is tested before any code of a user runs', () => {
  test('a whole sandbox passes and the pool opens', async () => {
    const verdict = await lab.page.evaluate(() => window.lab.selfTest())
    expect(verdict).toMatchObject({ ok: true })
    const openedMs = await lab.page.evaluate(() => window.lab.open(3))
    console.log(`self-test ${verdict.tookMs.toFixed(0)} ms, pool of 3 with self-test ${openedMs.toFixed(0)} ms`)
    expect(await lab.page.evaluate(() => window.lab.states)).toEqual(['starting', 'ready'])
  })

  test('executors know their index and reach each other', async () => {
    const answers = await lab.page.evaluate(() => Promise.all([0, 1, 2].map((index) => window.lab.call(index))))
    expect(answers.map(({ value }) => value)).toMatchObject(
      [0, 1, 2].map((index) => ({ index, peers: 3, timed: true })),
    )
    await lab.page.waitForFunction(() => window.lab.notes.length === 6)
    const greetings = await lab.page.evaluate(() => window.lab.notes.map((note) => JSON.stringify(note)))
    for (const to of [0, 1, 2]) {
      for (const from of [0, 1, 2].filter((index) => index !== to)) {
        const said = { kind: 'greeting', from, data: `hello from ${from}` }
        expect(greetings).toContain(JSON.stringify({ executor: to, said }))
      }
    }
  })

  test('a document with the app’s origin is refused', async () => {
    const page = await openSpoilt(() => {
      const { setAttribute } = Element.prototype
      HTMLIFrameElement.prototype.setAttribute = function spoilt(name, value) {
        setAttribute.call(this, name, name === 'sandbox' ? `${value} allow-same-origin` : value)
      }
    })
    expect(await refusal(page)).toMatchObject({ states: ['starting', 'refused'], check: 'origin', frames: 0 })
  })

  test('a document whose policy does not hold is refused', async () => {
    const page = await openSpoilt(() => {
      const srcdoc = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, 'srcdoc')
      Object.defineProperty(HTMLIFrameElement.prototype, 'srcdoc', {
        set(text: string) {
          srcdoc?.set?.call(this, text.replace(/<meta http-equiv[^>]*>/, ''))
        },
      })
    })
    expect(await refusal(page)).toMatchObject({ states: ['starting', 'refused'], check: 'fetch', frames: 0 })
  })

  test('a realm that keeps a name beyond the allow-list is refused', async () => {
    const outcome = await lab.page.evaluate(() =>
      window.lab.openWithProbe(`const { deleteProperty } = Reflect
        Reflect.deleteProperty = (object, key) => key === 'fetch' || deleteProperty(object, key)`),
    )
    expect(outcome).toMatchObject({ states: ['starting', 'refused'], check: 'realm' })
    expect(outcome.detail).toContain('fetch')
  })

  test('a realm that cannot be stripped is refused', async () => {
    const outcome = await lab.page.evaluate(() =>
      window.lab.openWithProbe("Object.defineProperty(globalThis, 'tomorrow', { value: () => {} })"),
    )
    expect(outcome).toMatchObject({ states: ['starting', 'refused'], check: 'realm' })
    expect(outcome.detail).toContain('globalThis.tomorrow')
  })

  test('an answer of another form is refused', async () => {
    const outcome = await lab.page.evaluate(() =>
      window.lab.openWithProbe(
        "onmessage = ({ ports: [port] }) => port.postMessage({ kind: 'probe', origin: 'null', open: ['all'] })",
      ),
    )
    expect(outcome).toMatchObject({ states: ['starting', 'refused'], check: 'answer', frames: 1 })
  })
})
