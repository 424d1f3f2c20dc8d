import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { afterAll, describe, expect, it } from 'vitest'
import { APP_ID, FUSES } from '../../src/main/host/electron-settings'
import { packConfig } from '../../scripts/pack/config'
import { wrongFuses } from '../../scripts/pack/fuses'
import { icnsOf, icoOf, iconFiles } from '../../scripts/pack/icons'
import { writeStub } from '../../scripts/pack/stub'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'lab-pack-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.skipIf(process.platform !== 'linux')('the packaged program', () => {
  it('holds what it should and nothing else, trains with it, and is the same when it is packed again', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts/pack-now.mjs'), 'check'], {
      cwd: ROOT,
      encoding: 'utf8'
    })
    const rows = stdout.split('\n').filter((line) => /^(passed|FAILED) {2}/.test(line))
    expect(rows.length, stderr).toBeGreaterThanOrEqual(9)
    expect(
      rows.filter((row) => row.startsWith('FAILED')),
      stdout
    ).toEqual([])
    expect(status).toBe(0)
  }, 120_000)
})

describe('the fuses', () => {
  it('are Electron’s own before a package is made, and each that differs from FUSES is told', async () => {
    const electron = join(folder, 'electron')
    writeStub(electron)
    const program = join(electron, 'electron')
    const wire = await getCurrentFuseWire(program)
    const differing = (Object.keys(FUSES) as (keyof typeof FUSES)[]).filter((name) => (wire[FuseV1Options[name]] === 49) !== FUSES[name])
    expect(differing.length).toBeGreaterThan(0)
    expect((await wrongFuses(program)).map((fault) => fault.split(' ')[0])).toEqual(differing)
  })
})

describe('the icons', () => {
  it('hold one picture per size, each as long as its directory says', async () => {
    const files = await iconFiles()
    const png = (file: string): Buffer => files.get(file) ?? Buffer.alloc(0)
    const widthOf = (bytes: Buffer): number => bytes.readUInt32BE(16)
    for (const size of [16, 32, 48, 64, 128, 256, 512]) expect(widthOf(png(`icons/${size}x${size}.png`))).toBe(size)

    const ico = png('icon.ico')
    const widths = Array.from({ length: ico.readUInt16LE(4) }, (_, at) => {
      const entry = 6 + 16 * at
      const [length, offset] = [ico.readUInt32LE(entry + 8), ico.readUInt32LE(entry + 12)]
      const picture = ico.subarray(offset, offset + length)
      expect(picture.subarray(1, 4).toString('latin1')).toBe('PNG')
      expect(ico.readUInt8(entry)).toBe(widthOf(picture) % 256)
      return widthOf(picture)
    })
    expect(widths).toEqual([16, 24, 32, 48, 64, 128, 256])

    const icns = png('icon.icns')
    expect(icns.subarray(0, 4).toString('latin1')).toBe('icns')
    expect(icns.readUInt32BE(4)).toBe(icns.length)
    const kinds: string[] = []
    for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) kinds.push(icns.subarray(at, at + 4).toString('latin1'))
    expect(kinds).toContain('ic10')
  })

  it('are empty containers without pictures', () => {
    expect(icoOf([])).toHaveLength(6)
    expect(icnsOf([])).toHaveLength(8)
  })
})

describe('the workflow of a release', () => {
  const workflow = readFileSync(join(ROOT, '.github/workflows/release.yml'), 'utf8')

  it('makes packages on three systems, by commands that are there, and lets no test of the window be skipped', () => {
    for (const system of ['ubuntu', 'windows', 'macos']) expect(workflow).toMatch(new RegExp(`os: ${system}-`))
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> }
    const named = [...workflow.matchAll(/npm run (?:-s )?([\w:]+)/g)].map(([, name]) => name)
    expect(named).toEqual(expect.arrayContaining(['pack', 'test:electron']))
    for (const name of named) expect(Object.keys(scripts)).toContain(name)
    expect(workflow).toContain('LAB_ELECTRON_REQUIRED')
    expect(workflow).toContain('SHA256SUMS')
  })
})

describe('the packages', () => {
  const config = packConfig({ app: 'app', files: [], icons: 'icons', resources: [] }, 'dist')

  it('are made for three systems, with one association of files', () => {
    expect(config.linux?.target).toEqual(['AppImage', 'deb'])
    expect(config.win?.target).toEqual(['nsis'])
    expect(config.mac?.target).toEqual([{ target: 'dmg', arch: ['universal'] }])
    expect([config.fileAssociations].flat().map((each) => each?.ext)).toEqual(['dmro'])
    // An association is written for the whole machine, or not at all.
    expect(config.nsis?.perMachine).toBe(true)
    expect(config.appId).toBe(APP_ID)
    expect(config.linux?.syncDesktopName).toBe(true)
  })

  it('are made around the Electron that is installed', () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'node_modules/electron/package.json'), 'utf8')) as { version: string }
    expect(config.electronVersion).toBe(version)
    expect(config.electronDist).toBeUndefined()
  })
})
