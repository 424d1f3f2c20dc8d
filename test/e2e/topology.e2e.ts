import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, openPage, type ServedLab, serveLab, type WatchedPage } from './browser'
import type { Store } from '../../src/main/store'
import { beside } from '../main/store/beside'
import { goTo, nodeOf as node, wire } from './rooms'

let browser: Browser
let lab: ServedLab

beforeAll(async () => {
  ;[browser, lab] = await Promise.all([launchBrowser(), serveLab()])
})

afterAll(async () => {
  await browser?.close()
  await lab?.stop()
})

/** The unsaved topologies that the program keeps, as text. */
const keptTopologies = (store: Store) => JSON.stringify(store.drafts.list('topology').map(({ id }) => store.drafts.get(id)?.content))
const links = (page: Page) => page.locator('svg.links [data-link]')
const checks = (page: Page) => page.getByRole('region', { name: 'Checks' })

async function emptyCanvas(): Promise<WatchedPage> {
  const watched = await openPage(browser, lab.url)
  await goTo(watched.page, '/topologies')
  await watched.page.getByRole('button', { name: 'New topology' }).click()
  await watched.page.getByText('An empty canvas').waitFor()
  return watched
}

async function dragNew(page: Page, label: string, at: { x: number; y: number }): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${label}`) }).dragTo(page.getByRole('application'), { targetPosition: at })
}

const WIRES = [
  ['device-1', 'edge-1'],
  ['device-2', 'edge-2'],
  ['edge-1', 'edge-2'],
  ['edge-1', 'cloud-1'],
  ['edge-2', 'cloud-1']
] as const

async function drawByMouse(page: Page): Promise<void> {
  await dragNew(page, 'Device', { x: 150, y: 150 })
  await dragNew(page, 'Device', { x: 150, y: 330 })
  await dragNew(page, 'Edge server', { x: 400, y: 150 })
  await dragNew(page, 'Edge server', { x: 400, y: 330 })
  await dragNew(page, 'Cloud server', { x: 650, y: 240 })
  for (const [from, to] of WIRES) await wire(page, from, to)
}

describe('a topology from an empty canvas', () => {
  it('is drawn by mouse, survives a reload in mid-edit, and is saved as a version', async () => {
    const { page, close } = await emptyCanvas()
    await drawByMouse(page)
    expect(await links(page).count()).toBe(5)
    await page.getByText('Every device reaches an edge or a cloud.').waitFor()
    const before = await node(page, 'edge-2').boundingBox()
    if (!before) throw new Error('edge-2 is out of sight')
    await page.mouse.move(before.x + 60, before.y + 40)
    await page.mouse.down()
    await page.mouse.move(before.x + 60, before.y + 104, { steps: 4 })
    await page.mouse.up()
    await page.getByLabel('Processor, MHz').fill('12345')
    await page.getByText(/^edits kept/).waitFor()
    await expect.poll(() => beside(lab.home, keptTopologies)).toContain('12345')
    await page.reload()
    await node(page, 'cloud-1').waitFor()
    expect(await page.locator('.node').count()).toBe(5)
    expect(await links(page).count()).toBe(5)
    expect(await node(page, 'edge-2').innerText()).toContain('12,345 MHz')
    await page.keyboard.press('Control+s')
    await page.getByText('saved as version 1').waitFor()
    await goTo(page, '/topologies')
    await page.getByRole('article', { name: 'topology-1' }).getByText('2 devices · 2 edges · 1 cloud · 5 links').waitFor()
    await close()
  })

  it('is drawn by keyboard alone, undone thirty steps and done again', async () => {
    const { page, close } = await emptyCanvas()
    await page.getByRole('application').focus()
    const keys = async (...all: string[]) => {
      for (const key of all) await page.keyboard.press(key)
    }
    await keys('1', '1', '2', '2', '3', 'Escape')
    // Tab goes from node to node: device-1 to edge-1, device-2 to edge-2, both edges to the cloud.
    await keys('Tab', 'l', 'Tab', 'Tab', 'Enter', 'Escape')
    await keys('Tab', 'Tab', 'l', 'Tab', 'Tab', 'Enter', 'Escape')
    await keys('Tab', 'Tab', 'Tab', 'l', 'Tab', 'Tab', 'Enter', 'Escape')
    await keys('Tab', 'Tab', 'Tab', 'Tab', 'l', 'Tab', 'Enter', 'Escape')
    expect(await links(page).count()).toBe(4)
    await page.getByText('Every device reaches an edge or a cloud.').waitFor()
    await keys('Tab', 'Enter')
    await page.keyboard.type('phone')
    await keys('Escape', 'Escape')
    await node(page, 'phone').waitFor()
    const state = () =>
      page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('.vue-flow__node')].map((each) => `${each.innerText} ${each.style.transform}`).sort()
      )
    // Twenty more steps: nodes that are added stand apart, moves of other nodes are other steps.
    for (let i = 0; i < 20; i++) await keys(String(1 + (i % 3)))
    await expect.poll(() => page.locator('.node').count()).toBe(25)
    // A card that has just come stands empty for a moment.
    await expect.poll(async () => (await state()).filter((card) => card.startsWith(' '))).toEqual([])
    const last = await state()
    for (let i = 0; i < 30; i++) await keys('Control+z')
    await expect.poll(() => page.locator('.node').count()).toBe(0)
    for (let i = 0; i < 30; i++) await keys('Control+Shift+z')
    await expect.poll(state).toEqual(last)
    expect(await links(page).count()).toBe(4)
    await close()
  })

  it('is exported as a picture, SVG and PNG', async () => {
    const { page, close } = await emptyCanvas()
    await drawByMouse(page)
    for (const [kind, begins] of [
      ['SVG', '<svg'],
      ['PNG', '\u0089PNG']
    ]) {
      await page.getByRole('button', { name: 'Export', exact: true }).click()
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByText(`${kind} picture`).click()])
      expect(readFileSync(await download.path(), 'latin1').startsWith(begins)).toBe(true)
    }
    await close()
  })

  it('leads to each of five faults, and is fixed there', async () => {
    const { page, close } = await emptyCanvas()
    await drawByMouse(page)
    const showFirst = (words: RegExp) =>
      checks(page).getByRole('listitem').filter({ hasText: words }).getByRole('button', { name: 'Show' }).click()
    const inspector = page.getByLabel('Bandwidth, MB/s')

    // A link that carries nothing.
    await page.getByRole('button', { name: 'device-1', exact: false }).first().click()
    await page.getByLabel('Bandwidth to edge-1, MB/s').fill('0')
    await showFirst(/bandwidth of 0 MB\/s/)
    await inspector.fill('2')
    await page.getByText('Every device reaches').waitFor()

    // Two of one name.
    await node(page, 'edge-2').click()
    await page.getByLabel('Name', { exact: true }).fill('edge-1')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await showFirst(/Two nodes are called edge-1/)
    expect(await page.locator('.node.selected').count()).toBe(2)
    await page.keyboard.press('Control+z')
    await page.getByText('Every device reaches').waitFor()

    // A processor that stands still.
    await node(page, 'cloud-1').click()
    await page.getByLabel('Processor, MHz').fill('0')
    await showFirst(/processor of 0 MHz/)
    await page.getByLabel('Processor, MHz').fill('60000')

    // A device that nothing reaches, found by its key.
    await node(page, 'device-1').click()
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Escape')
    await page.keyboard.press('1')
    await showFirst(/device-3 has no route to any edge or cloud/)
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('device-3')
    await page.getByRole('button', { name: 'Delete', exact: true }).click()

    // No device at all.
    for (const name of ['device-1', 'device-2']) {
      await node(page, name).click()
      await page.keyboard.press('Delete')
    }
    await checks(page).getByText('A device is missing').waitFor()
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+z')
    await page.getByText('Every device reaches').waitFor()
    await close()
  })
})
