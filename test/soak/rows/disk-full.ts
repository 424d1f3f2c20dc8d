import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { RandomStream } from '@shared/model/random'
import { openStore } from '../../../src/main/store'
import { LAB, TIED } from '../program'
import type { Measures, Row } from '../row'
import type { Scratch } from '../scratch'

const LEARN_STEPS = 2000
const canLimit = spawnSync('prlimit', ['--version']).status === 0
/** Whether this user may mount in a namespace of its own. */
const canMount = spawnSync('unshare', ['-rm', 'true']).status === 0

/** Two runs that keep some hundred kilobytes a second. */
function experimentIn(folder: string): string {
  const file = join(folder, 'experiment.json')
  const algorithms = [{ id: 'dqn', parameters: { learnSteps: LEARN_STEPS, checkpointEvery: 50, evaluateEvery: 500 } }]
  const document = { format: 'dmro-experiment/1', name: 'full', scenarios: ['one-edge-one-cloud'], algorithms, seeds: [1, 2], heldOut: 10 }
  writeFileSync(file, JSON.stringify(document))
  return file
}

/** A program that runs until its disk is full, and what it says. */
interface Filling {
  child: ChildProcess
  said(): string
  ended: Promise<unknown>
}

function started(program: string, args: readonly string[], scratch: Scratch): Filling {
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  scratch.onEnd(() => child.kill('SIGKILL'))
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  return { child, said: () => said, ended: once(child, 'exit') }
}

const hasWaited = ({ said }: Filling) => expect.poll(said, { timeout: 120_000 }).toContain('waits and resumes by itself')

/** Lets no file of a process grow beyond `bytes`: what SQLite meets is an error of the disk. */
function limitFiles(pid: number, bytes: number | 'unlimited'): void {
  const { status, stderr } = spawnSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`])
  if (status !== 0) throw new Error(`prlimit: ${stderr}`)
}

async function limited(home: string, file: string, from: number, scratch: Scratch): Promise<Filling> {
  const filling = started(process.execPath, [...TIED, LAB, 'run', file, '--home', home, '--json'], scratch)
  const logBytes = () => statSync(join(home, 'lab.sqlite-wal'), { throwIfNoEntry: false })?.size ?? 0
  // Full as soon as there is something to lose.
  await expect.poll(logBytes, { timeout: 120_000, interval: 20 }).toBeGreaterThan(from)
  const pid = filling.child.pid as number
  limitFiles(pid, logBytes())
  await hasWaited(filling)
  limitFiles(pid, 'unlimited')
  return filling
}

/** A disk in memory of its own, in a namespace that only the program sees; a file `go` made outside frees what fills it. */
const IN_TMPFS = `mount -t tmpfs -o size=12m tmpfs "$1" && head -c "$2" /dev/zero > "$1/ballast" || exit 90
shift 2
home=$1; go=$2; kept=$3; shift 3
"$@" & lab=$!
while [ ! -e "$go" ]; do sleep 0.1; kill -0 $PPID 2>/dev/null || kill -9 $lab; kill -0 $lab 2>/dev/null || break; done
rm -f "$home/../ballast"
wait $lab; code=$?
cp -a "$home/." "$kept"
exit $code`

async function onFullTmpfs(home: string, file: string, room: number, scratch: Scratch): Promise<Filling> {
  const disk = scratch.folder()
  const go = join(scratch.folder(), 'go')
  const inside = join(disk, 'home')
  const lab = [process.execPath, ...TIED, LAB, 'run', file, '--home', inside, '--json']
  const args = ['-rm', 'sh', '-c', IN_TMPFS, 'sh', disk, String(12 * 2 ** 20 - room), inside, go, home, ...lab]
  const filling = started('unshare', args, scratch)
  // Whatever comes of it, nobody is left waiting.
  scratch.onEnd(() => !existsSync(go) && writeFileSync(go, ''))
  await hasWaited(filling)
  writeFileSync(go, '')
  return filling
}

async function fillOnce(random: RandomStream, index: number, scratch: Scratch): Promise<Measures> {
  const home = join(scratch.folder(), 'home')
  mkdirSync(home)
  const file = experimentIn(scratch.folder())
  const isTmpfs = canMount && (index % 2 === 0 || !canLimit)
  const room = 300_000 + random.below(1_000_000)
  const filling = isTmpfs ? await onFullTmpfs(home, file, 600_000 + room, scratch) : await limited(home, file, room, scratch)
  const [code] = (await filling.ended) as [number | null]
  expect(code, filling.said()).toBe(0)
  const copy = scratch.folder()
  cpSync(home, copy, { recursive: true })
  const store = openStore(copy)
  try {
    expect(store.runs.list().map((run) => [run.status, run.learnSteps])).toEqual([
      ['completed', LEARN_STEPS],
      ['completed', LEARN_STEPS]
    ])
    expect(store.verify()).toEqual([])
    // Nothing was left out while there was no space.
    for (const { id } of store.runs.list()) expect(store.curves.read(id, 'loss').steps.at(-1)).toBe(LEARN_STEPS)
  } finally {
    store.close()
  }
  return isTmpfs ? { tmpfs: 1 } : { limits: 1 }
}

export const diskFull: Row = {
  name: 'disk-full',
  fault: 'the disk fills up while two runs train: a small disk in memory (SQLITE_FULL), or no file may grow (SQLITE_IOERR)',
  holds: 'the runs wait and say so, go on by themselves once there is space, and lose no point',
  cases: { ci: 2, soak: 30 },
  begin: () => fillOnce,
  figure: (tally) => `${tally.total('tmpfs')} full disks, ${tally.total('limits')} limits of files: all runs completed with every point`,
  missing: () => (canLimit || canMount ? undefined : 'there is neither prlimit nor a namespace to mount in')
}
