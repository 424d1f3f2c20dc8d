import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { openStore } from '../../../src/main/store'

const inRoot = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url))
const CLI = inRoot('out/main/cli.js')
const START_MS = 60_000

const cleanups: (() => void)[] = []
afterEach(() => {
  for (const clean of cleanups.splice(0).reverse()) clean()
})

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dmro-link-'))
  cleanups.push(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }))
  return folder
}

/** A program that was started here, with all it has said on stdout and stderr. */
interface Started {
  child: ChildProcess
  said(): string
  ended: Promise<number | null>
}

function start(args: readonly string[], env: NodeJS.ProcessEnv = process.env): Started {
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  cleanups.push(() => child.kill('SIGKILL'))
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (said += text))
  return { child, said: () => said, ended: once(child, 'close').then(([code]) => code as number | null) }
}

async function linkSaid({ said }: Started): Promise<string> {
  const link = () => /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+(?=\s)/.exec(said())?.[0]
  await expect.poll(link, { timeout: START_MS }).toBeDefined()
  return link() as string
}

const serve = (home: string) => start(['--import', inRoot('scripts/tied.mjs'), CLI, 'serve', '--port', '0', '--home', home])

function lab(home: string, ...given: string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...given, '--home', home], { encoding: 'utf8', timeout: START_MS })
  return { code: status, out: stdout, err: stderr }
}

const modeOf = (path: string) => statSync(path).mode & 0o777

/** A browser that notes down what everybody on the machine can read of it, and stays a while. */
function fakeBrowser(): { path: string; starts(): { argv: string[]; environ: string }[] } {
  const folder = temporaryFolder()
  const notes = join(folder, 'notes')
  mkdirSync(notes)
  const lines = [
    '#!/bin/sh',
    `tr '\\0' '\\n' < /proc/$$/cmdline > "${notes}/$$.part"`,
    `tr '\\0' '\\n' < /proc/$$/environ > "${notes}/$$.environ"`,
    `mv "${notes}/$$.part" "${notes}/$$.argv"`,
    'sleep 30'
  ]
  writeFileSync(join(folder, 'google-chrome'), `${lines.join('\n')}\n`, { mode: 0o755 })
  const pids = () => readdirSync(notes).flatMap((name) => /^(\d+)\.argv$/.exec(name)?.[1] ?? [])
  cleanups.push(() => {
    for (const pid of pids()) {
      try {
        process.kill(-Number(pid), 'SIGKILL')
      } catch {
        // It has ended by itself.
      }
    }
  })
  const read = (name: string) => readFileSync(join(notes, name), 'utf8')
  return {
    path: folder,
    starts: () => pids().map((pid) => ({ argv: read(`${pid}.argv`).trim().split('\n'), environ: read(`${pid}.environ`) }))
  }
}

/** What the system tells of every process below one: arguments and environments. */
function toldOfTree(root: number): string {
  const about = (pid: string, file: string): string => {
    try {
      return readFileSync(`/proc/${pid}/${file}`, 'utf8')
    } catch {
      return ''
    }
  }
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => [pid, /^PPid:\s*(\d+)/m.exec(about(pid, 'status'))?.[1]])
  )
  const isBelow = (pid: string | undefined): boolean => pid !== undefined && (pid === String(root) || isBelow(parents.get(pid)))
  const tree = [...parents.keys()].filter(isBelow)
  expect(tree.length).toBeGreaterThan(1)
  return tree.map((pid) => about(pid, 'cmdline') + about(pid, 'environ')).join('\n')
}

describe.skipIf(!existsSync('/proc/self/environ'))('npm start in a browser', () => {
  it('tells no process the token, by argument or environment, and shows a lab that is open already', { timeout: 180_000 }, async () => {
    const home = join(temporaryFolder(), 'home')
    const browser = fakeBrowser()
    const env = { ...process.env, PATH: `${browser.path}${delimiter}${process.env.PATH}`, DISPLAY: ':99' }
    const open = () => start([inRoot('scripts/open.mjs'), '--browser', '--port', '0', '--home', home], env)
    const first = open()
    const url = await linkSaid(first)
    const token = new URL(url).searchParams.get('token') as string
    await expect.poll(() => browser.starts().length, { timeout: START_MS }).toBe(1)
    const opener = join(home, 'open.html')
    expect(readFileSync(opener, 'utf8')).toContain(url)
    expect([home, opener, join(home, 'lab.link')].map(modeOf)).toEqual([0o700, 0o600, 0o600])
    expect(toldOfTree(first.child.pid as number)).not.toContain(token)

    const second = open()
    expect(await second.ended).toBe(0)
    expect(second.said()).toMatch(/already open in process \d+, at http/)
    expect(second.said()).toContain(url)
    await expect.poll(() => browser.starts().length, { timeout: START_MS }).toBe(2)
    for (const { argv, environ } of browser.starts()) {
      expect(argv.at(-1)).toBe(`--app=${pathToFileURL(opener).href}`)
      expect(`${argv.join('\n')}\n${environ}`).not.toContain(token)
    }
    first.child.kill('SIGTERM')
    await first.ended
    expect(readdirSync(home).filter((name) => name === 'open.html' || name === 'lab.link')).toEqual([])
  })
})

describe('lab link', () => {
  it('prints the link of the lab that is open, and lab serve tells of it instead of failing', async () => {
    const home = join(temporaryFolder(), 'home')
    const served = serve(home)
    const url = await linkSaid(served)
    expect(lab(home, 'link')).toEqual({ code: 0, out: `${url}\n`, err: '' })
    expect(JSON.parse(lab(home, 'link', '--json').out)).toEqual({ url, port: Number(new URL(url).port), home, pid: served.child.pid })
    const again = lab(home, 'serve', '--json')
    expect([again.code, JSON.parse(again.out)]).toEqual([0, expect.objectContaining({ url, pid: served.child.pid, wasOpen: true })])
    expect(lab(home, 'runs', 'resume').err).toMatch(/in use by process \d+\..*lab link/)
    served.child.kill('SIGTERM')
    await served.ended
    const closed = lab(home, 'link')
    expect([closed.code, closed.out]).toEqual([1, ''])
    expect(closed.err).toBe(`No lab is open in ${home}. Open one with: lab serve\n`)
  })

  it('knows the link of a lab that was killed for a stale one, and a new lab replaces it', async () => {
    const home = join(temporaryFolder(), 'home')
    const killed = serve(home)
    const stale = await linkSaid(killed)
    killed.child.kill('SIGKILL')
    await killed.ended
    const told = lab(home, 'link')
    expect([told.code, told.out]).toEqual([1, ''])
    expect(told.err).toContain('ended without notice left a link behind')
    const next = serve(home)
    const url = await linkSaid(next)
    expect(url).not.toBe(stale)
    expect(lab(home, 'link').out).toBe(`${url}\n`)
  })

  it('does not take another program in the folder for the lab whose link was left behind', async () => {
    const home = join(temporaryFolder(), 'home')
    const killed = serve(home)
    await linkSaid(killed)
    killed.child.kill('SIGKILL')
    await killed.ended
    const store = openStore(home)
    try {
      const told = lab(home, 'link')
      expect([told.code, told.out]).toEqual([1, ''])
      expect(told.err).toContain(`in use by process ${process.pid}, which has no link`)
      const second = lab(home, 'serve', '--port', '0')
      expect([second.code, second.out]).toEqual([1, ''])
    } finally {
      store.close()
    }
  })

  it('leaves nothing that leads to a lab once it was used', async () => {
    const home = join(temporaryFolder(), 'home')
    const served = serve(home)
    const url = await linkSaid(served)
    const opener = join(home, 'open.html')
    writeFileSync(opener, url)
    utimesSync(opener, new Date(), new Date(Date.now() - 3000))
    const answer = await fetch(url, { redirect: 'manual' })
    expect(answer.status).toBe(303)
    await expect.poll(() => existsSync(opener), { timeout: 10_000 }).toBe(false)
  })
})
