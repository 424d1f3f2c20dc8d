import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from './browser'
import { layoutFindings } from './layout'

let browser: Browser
let page: Page

beforeAll(async () => {
  browser = await launchBrowser()
  page = await browser.newPage({ viewport: { width: 400, height: 300 } })
})

afterAll(async () => {
  await browser?.close()
})

/** What is found in a page of this content, 400 × 300 CSS pixels large. */
async function foundIn(content: string): Promise<string[]> {
  await page.setContent(
    `<style>* { box-sizing: border-box } body { margin: 0; height: 300px; overflow: hidden; font: 16px/20px sans-serif }</style>${content}`
  )
  return layoutFindings(page)
}

const at = (left: number, top: number, more = '') => `position: absolute; left: ${left}px; top: ${top}px; ${more}`

describe('what does not fit a window', () => {
  it.each([
    ['text beyond the window', `<p style="${at(380, 0)}">far out</p>`, /off the window|cut off across.*far out/],
    ['a button beyond the window', `<button style="${at(10, 290)}">low</button>`, /off the window|cut off down.*low/],
    [
      'text that a box cuts off',
      '<p style="width: 60px; overflow: hidden; white-space: nowrap">a long sentence</p>',
      /^cut off across.*a long sentence/
    ],
    [
      'an ellipsis without a title',
      '<p style="width: 60px; overflow: hidden; white-space: nowrap; text-overflow: ellipsis">a long sentence</p>',
      /^cut off across/
    ],
    [
      'a button under something',
      `<button style="${at(0, 0)}">press</button><div style="${at(0, 0, 'width: 200px; height: 50px; background: red')}"></div>`,
      /^covered: .*press/
    ],
    [
      'text under something',
      `<p style="${at(0, 0)}">read</p><div style="${at(0, 0, 'width: 200px; height: 50px; background: red')}"></div>`,
      /^covered: .*read/
    ],
    [
      'text over text',
      `<p style="${at(0, 0)}">one sentence</p><p style="${at(10, 4)}">another one</p>`,
      /^over each other: .*one sentence.*another one/
    ]
  ])('is found: %s', async (_, content, finding) => {
    const found = await foundIn(content)
    expect(found).not.toEqual([])
    expect(
      found.some((line) => finding.test(line)),
      found.join('\n')
    ).toBe(true)
  })

  it.each([
    [
      'what can be scrolled to',
      '<div style="height: 100px; overflow: auto"><p style="margin-top: 200px; width: 900px">far<button>press</button></p></div>'
    ],
    [
      'an ellipsis with a title',
      '<p title="a long sentence" style="width: 60px; overflow: hidden; white-space: nowrap; text-overflow: ellipsis">a long sentence</p>'
    ],
    ['what is for readers alone', `<p style="${at(500, 0, 'clip-path: inset(50%)')}">unseen</p>`],
    [
      'what lies under an open dialog',
      '<button>press</button><dialog id="d" style="inset: 0">over it</dialog><script>d.showModal()</script>'
    ],
    [
      'a map that is moved by hand',
      `<div class="vue-flow" style="height: 100px; overflow: hidden"><p style="${at(700, 20)}">a node</p></div>`
    ],
    [
      'what is fixed to the window, whatever is around it',
      '<p style="width: 30px; height: 20px; overflow: hidden"><span style="position: fixed; left: 100px; top: 100px; overflow: auto">fixed <button>press</button></span></p>'
    ],
    [
      'what scrolls under a head that stays',
      '<div style="height: 100px; overflow: auto"><h1 style="position: sticky; top: 0; margin: 0; background: red">head</h1><p style="margin-top: -30px">under<button>press</button></p></div>'
    ],
    [
      'a label whose box is pressed',
      '<label>words <span style="position: relative"><input type="checkbox"><i style="position: absolute; inset: 0; background: red"></i></span></label>'
    ]
  ])('is not: %s', async (_, content) => {
    expect(await foundIn(content)).toEqual([])
  })
})
