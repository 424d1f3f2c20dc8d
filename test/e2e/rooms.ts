import { errors, type FileChooser, type Page } from 'playwright-core'

/** Goes to an address of the window, e.g. `/runs/0a1b2c3d`, without reloading. */
export async function goTo(page: Page, path: string): Promise<void> {
  // Before the first page is shown, the window ignores its address.
  await page.locator('main .top').first().waitFor()
  await page.evaluate((hash) => {
    location.hash = hash
  }, path)
}

/** Starts an experiment through the file input of the page; resolves when its runs are shown. */
export async function startDocument(page: Page, document: { name: string; [key: string]: unknown }): Promise<void> {
  await openDocument(page, document)
  await page.getByRole('treegrid').waitFor()
}

/** Opens a document in the page and asks for its start. */
export async function openDocument(page: Page, document: { name: string; [key: string]: unknown }): Promise<void> {
  await goTo(page, '/experiments')
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'trial.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(document)) })
  await page.getByRole('article', { name: document.name }).getByRole('button', { name: 'Start' }).click()
}

/** A chart's numbers as its table tells them: learn step and value of its last column. */
export async function tableOf(page: Page, title: string): Promise<Map<string, string>> {
  await page.getByRole('button', { name: `${title}: Show as table` }).click()
  const rows = await page.getByRole('dialog').locator('tbody tr').allInnerTexts()
  await page.keyboard.press('Escape')
  return new Map(rows.map((row) => row.split('\t')).map((cells) => [cells[0].trim(), cells[cells.length - 1].trim()]))
}

/** The figure under a label in the strip over a run's charts. */
export function readout(page: Page, label: string) {
  return page.locator('.readout', { hasText: label }).locator('.value')
}

/** A node on the canvas of a topology, by its name. */
export function nodeOf(page: Page, name: string) {
  return page.locator('.node').filter({ has: page.getByText(name, { exact: true }) })
}

/** Draws a link from a node's dot to the middle of another. */
export async function wire(page: Page, from: string, to: string): Promise<void> {
  await nodeOf(page, from).hover()
  const dot = await nodeOf(page, from).locator('.port.right').boundingBox()
  const end = await nodeOf(page, to).boundingBox()
  if (!dot || !end) throw new Error(`${from} or ${to} is out of sight`)
  await page.mouse.move(dot.x + dot.width / 2, dot.y + dot.height / 2)
  await page.mouse.down()
  await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 4 })
  await page.mouse.up()
}

/** Draws a device, an edge and a cloud in a line on an empty canvas, by keys alone. */
export async function drawByKeys(page: Page): Promise<void> {
  await page.getByText('An empty canvas').waitFor()
  await page.getByRole('application').focus()
  const keys = ['1', '2', '3', 'Escape', 'Tab', 'l', 'Tab', 'Enter', 'Escape', 'Tab', 'Tab', 'l', 'Tab', 'Enter', 'Escape']
  for (const key of keys) await page.keyboard.press(key)
  await page.getByText('Every device reaches an edge or a cloud.').waitFor()
}

interface Dropped {
  name: string
  content: Buffer | string
}

/** Drops files onto the page, as a hand would that drops them over whatever is there. */
export async function drop(page: Page, ...files: Dropped[]): Promise<void> {
  const told = files.map(({ name, content }) => ({ name, base64: Buffer.from(content as string).toString('base64') }))
  await page.evaluate((given) => {
    const data = new DataTransfer()
    for (const { name, base64 } of given) data.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name))
    const place = document.querySelector('main h1') ?? document.body
    for (const type of ['dragover', 'drop'])
      place.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }))
  }, told)
}

/** Asks for files by Ctrl+O. The browser may show a chooser before the test driver has begun to wait for one: then it is asked again. */
export async function chooserByKeys(page: Page): Promise<FileChooser> {
  for (let tries = 1; ; tries++) {
    const asked = page.waitForEvent('filechooser', { timeout: 6000 })
    await page.keyboard.press('Control+o')
    try {
      return await asked
    } catch (error) {
      if (!(error instanceof errors.TimeoutError) || tries === 5) throw error
    }
  }
}
