import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { serveLab } from '../e2e/browser'
import { goTo } from '../e2e/rooms'
import { type Measurement, percentile, withHome } from './measurement'
import { launchedPage } from './page'

const NODES = 300
const LINKS = 1000
const COLUMNS = 20

/** A district: six devices to every edge server, and a cloud for each eighty, each wired to others near it and further off. */
function district(): object {
  const tierOf = (i: number) => (i % 60 === 59 ? 'cloud' : i % 6 === 5 ? 'edge' : 'device')
  const nodes = Array.from({ length: NODES }, (_, i) => ({
    id: `n${i}`,
    tier: tierOf(i),
    computeMHz: tierOf(i) === 'device' ? 4000 : 20_000,
    energyPerMegacycle: 0.001,
    position: { x: (i % COLUMNS) * 232, y: Math.floor(i / COLUMNS) * 112 }
  }))
  const links: object[] = []
  for (let step = 1; links.length < LINKS; step++) {
    for (let i = 0; i + step < NODES && links.length < LINKS; i += 1) {
      links.push({ from: `n${i}`, to: `n${i + step}`, bandwidthMBps: 1 + (i % 9), latencyMs: step })
    }
  }
  return { format: 'dmro-topology/1', name: 'District', nodes, links }
}

/** Milliseconds between frames while a node is dragged in circles for two seconds, a move a frame, as a fast hand does. */
async function dragFrames(page: Page): Promise<number[]> {
  // A handful of nodes in sight: the size at which someone drags one.
  const box = await page.locator('.node').nth(150).boundingBox()
  if (!box) throw new Error('the node is out of sight')
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  await page.mouse.move(at.x, at.y)
  await page.mouse.down()
  await page.mouse.move(at.x + 8, at.y + 8, { steps: 4 })
  const frames = page.evaluate(
    () =>
      new Promise<number[]>((resolve) => {
        const times: number[] = []
        let before = 0
        const tick = (now: number): void => {
          if (before > 0) times.push(now - before)
          before = now
          if (times.length < 120) requestAnimationFrame(tick)
          else resolve(times)
        }
        requestAnimationFrame(tick)
      })
  )
  let moving = true
  void frames.then(() => {
    moving = false
  })
  for (let i = 0; moving && i < 2000; i++) await page.mouse.move(at.x + 40 * Math.cos(i / 6), at.y + 40 * Math.sin(i / 6))
  await page.mouse.up()
  return frames
}

/** A map as large as they come: until it can be worked on, and a node under the hand. */
export const topology: Measurement = {
  name: 'topology',
  run: (browser) =>
    withHome(async (home) => {
      const lab = await serveLab({ home })
      const page = await launchedPage(browser, lab.url)
      await goTo(page, '/topologies')
      const file = join(home, 'district.topology.json')
      writeFileSync(file, JSON.stringify(district()))
      await page.locator('input[type=file]').first().setInputFiles(file)
      await page.getByRole('dialog', { name: 'Open files' }).getByRole('button', { name: 'Open', exact: true }).click()
      await page
        .locator('.node')
        .nth(NODES - 1)
        .waitFor({ state: 'attached', timeout: 30_000 })
      const address = await page.evaluate(() => location.hash.slice(1))
      const openings: number[] = []
      for (let i = 0; i < 5; i++) {
        await goTo(page, '/topologies')
        await page.getByRole('article', { name: 'District' }).waitFor()
        openings.push(await openTime(page, address))
      }
      const frames = await dragFrames(page)
      await page.context().close()
      await lab.stop()
      return [
        { what: '300 nodes, 1,000 links: interactive', value: percentile(openings, 0.5), unit: 'ms', most: 1000 },
        { what: '300 nodes, 1,000 links: frame while dragging, p95', value: percentile(frames, 0.95), unit: 'ms', most: 32 }
      ]
    })
}

/** From going to the map to the second frame after all its nodes stand: the page answers again. */
function openTime(page: Page, address: string): Promise<number> {
  return page.evaluate(
    ([to, count]) =>
      new Promise<number>((resolve) => {
        const began = performance.now()
        const look = (): void => {
          const nodes = document.querySelectorAll<HTMLElement>('.node')
          if (nodes.length < count) return void requestAnimationFrame(look)
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - began)))
        }
        location.hash = to
        requestAnimationFrame(look)
      }),
    [address, NODES] as const
  )
}
