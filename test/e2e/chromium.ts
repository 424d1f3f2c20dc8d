import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from 'playwright-core'

// A real Chromium out of a package: it comes from where all packages come from and needs nothing of the system.

const PACKAGE = dirname(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')))
const { version } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')) as { version: string }
const CACHE = fileURLToPath(new URL('../../.cache/chromium', import.meta.url))
const FOLDER = join(CACHE, version)
const PROGRAM = join(FOLDER, 'chromium')
const FONTS = join(FOLDER, 'fonts')

const ARCHIVES = ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br']

/** The package's own list is made for its first home (one process, no GPU process) and ends pages early; these suffice. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none'
]

/** The font configuration that comes along names a folder that is not there, and without any font Chromium aborts at the first input. */
const FONT_CONFIGURATION = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir prefix="relative">fonts</dir><cachedir>${join(FONTS, 'cache')}</cachedir></fontconfig>
`

/** Unpacks Chromium once a version. It appears whole or not at all, so test files may ask for it at the same time. */
async function unpack(): Promise<void> {
  if (existsSync(PROGRAM)) return
  mkdirSync(CACHE, { recursive: true })
  const folder = mkdtempSync(join(CACHE, 'unpacking-'))
  const before = process.env.TMPDIR
  // The package unpacks into the system's temporary folder and nowhere else, reusing what any program left there.
  process.env.TMPDIR = folder
  try {
    const { inflate } = await import('@sparticuz/chromium')
    await Promise.all(ARCHIVES.map((archive) => inflate(join(PACKAGE, 'bin', archive))))
    writeFileSync(join(folder, 'fonts', 'fonts.conf'), FONT_CONFIGURATION)
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
  try {
    renameSync(folder, FOLDER)
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    if (!existsSync(PROGRAM)) throw error
  }
}

/** Launches Chromium without a window. LAB_CHROMIUM names another one, for machines this one does not run on. */
export async function launchBrowser(): Promise<Browser> {
  const own = process.env.LAB_CHROMIUM
  if (own) return chromium.launch({ executablePath: own, args: ARGUMENTS })
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('name a Chromium in LAB_CHROMIUM: the packaged one is for Linux on x64')
  await unpack()
  return chromium.launch({
    executablePath: PROGRAM,
    args: ARGUMENTS,
    env: {
      ...process.env,
      // The fonts that come along and no others: text measures the same on every machine.
      FONTCONFIG_PATH: FONTS,
      // Libraries that a bare system lacks; its own, where it has them, come after.
      LD_LIBRARY_PATH: [join(FOLDER, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':')
    }
  })
}
