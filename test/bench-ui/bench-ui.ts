import { cpus, loadavg } from 'node:os'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { launchBrowser } from '../e2e/chromium'
import { MEASUREMENTS } from './index'
import type { Figure } from './measurement'

/** LAB_BENCH=table,chart measures those alone. */
const asked = process.env.LAB_BENCH?.split(',')
const RESULT = fileURLToPath(new URL('../../.cache/bench-ui.json', import.meta.url))
const figures: Figure[] = []
const load = loadavg()[0]
let browser: Browser

beforeAll(async () => {
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  console.log(report())
  mkdirSync(dirname(RESULT), { recursive: true })
  writeFileSync(RESULT, `${JSON.stringify({ cpu: cpus()[0]?.model, cores: cpus().length, loadBefore: load, figures }, null, 2)}\n`)
  console.log(`As JSON: ${RESULT}`)
})

const round = (value: number) => value.toFixed(value < 100 ? 1 : 0)

function verdict({ value, most, least }: Figure): string {
  return (most === undefined || value <= most) && (least === undefined || value >= least) ? 'met' : 'MISSED'
}

function report(): string {
  const lines = figures.map((figure) => {
    const { what, value, unit, most, least } = figure
    const bar = most === undefined ? `≥ ${least} ${unit}` : `≤ ${most} ${unit}`
    return `${what.padEnd(54)} ${`${round(value)} ${unit}`.padStart(10)}   ${bar.padEnd(10)} ${verdict(figure)}`
  })
  return ['', `${cpus().length} cores, load ${load.toFixed(1)} before the first measurement`, ...lines, ''].join('\n')
}

describe('figures of the window', () => {
  for (const { name, run } of MEASUREMENTS) {
    it.skipIf(asked && !asked.includes(name))(name, async () => {
      figures.push(...(await run(browser)))
    })
  }
})
