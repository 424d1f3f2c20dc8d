import { spawnSync } from 'node:child_process'
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** An import that breaks a floor, the file it is planted in (appended, or made), and the rule that must find it. */
const BREACHES: { breach: string; file: string; code: string; rule: string }[] = [
  { breach: 'the model reads a file', file: 'src/shared/model/cost.ts', code: "import 'node:fs'", rule: 'shared-knows-no-runtime' },
  { breach: 'the model checks a schema', file: 'src/shared/model/routes.ts', code: "import 'zod'", rule: 'model-is-pure' },
  {
    breach: 'the model knows experiments',
    file: 'src/shared/model/topology.ts',
    code: "import '../experiment/experiment'",
    rule: 'model-below-statistics'
  },
  {
    breach: 'experiments know formats',
    file: 'src/shared/experiment/statistics.ts',
    code: "import '../formats/json'",
    rule: 'experiment-below-studies'
  },
  {
    breach: 'formats know the contract',
    file: 'src/shared/formats/topology.ts',
    code: "import '@shared/contract/records'",
    rule: 'formats-below-contract'
  },
  {
    breach: 'shared code knows a type of main',
    file: 'src/shared/contract/runs.ts',
    code: "import type {} from '../../main/learn/backend'",
    rule: 'shared-knows-no-runtime'
  },
  {
    breach: 'shared code draws with Vue',
    file: 'src/shared/experiment/objectives.ts',
    code: "import 'vue'",
    rule: 'shared-knows-no-runtime'
  },
  { breach: 'learning opens the store', file: 'src/main/learn/state.ts', code: "import '../store'", rule: 'learn-below-algorithms' },
  {
    breach: 'learning knows an algorithm',
    file: 'src/main/learn/equations.ts',
    code: "import type {} from '../algorithms'",
    rule: 'learn-below-algorithms'
  },
  {
    breach: 'the store knows tensors',
    file: 'src/main/store/chunks.ts',
    code: "import type {} from '@tensorflow/tfjs-core'",
    rule: 'store-knows-no-tensors'
  },
  { breach: 'computing opens the store', file: 'src/main/computing/load.ts', code: "import '../store'", rule: 'computing-below-store' },
  { breach: 'the store learns', file: 'src/main/store/curves.ts', code: "import '../learn/equations'", rule: 'store-knows-no-tensors' },
  { breach: 'runs know a host', file: 'src/main/queue/queue.ts', code: "import '../host/home'", rule: 'queue-below-studies' },
  {
    breach: 'training knows the queue',
    file: 'src/main/training/training.ts',
    code: "import type {} from '../queue/queue'",
    rule: 'training-below-queue'
  },
  { breach: 'answers know a host', file: 'src/main/api/runs.ts', code: "import '../host/home'", rule: 'api-below-host' },
  {
    breach: 'a network loads tensors itself',
    file: 'src/main/learn/network.ts',
    code: "import '@tensorflow/tfjs-node'",
    rule: 'tensors-in-one-place'
  },
  {
    breach: 'an algorithm loads tensors itself',
    file: 'src/main/algorithms/dqn.ts',
    code: "await import('@tensorflow/tfjs-core')",
    rule: 'tensors-in-one-place'
  },
  { breach: 'an answer speaks SQL', file: 'src/main/api/system.ts', code: "import 'better-sqlite3'", rule: 'database-in-the-store' },
  {
    breach: 'a worker opens the database, two imports away',
    file: 'src/main/processes/protocol.ts',
    code: "import '../store/open'",
    rule: 'workers-open-no-database'
  },
  {
    breach: 'the command line knows Electron',
    file: 'src/main/host/cli/output.ts',
    code: "import 'electron'",
    rule: 'electron-at-its-host'
  },
  {
    breach: 'the command line reaches the desktop host',
    file: 'src/main/host/cli/main.ts',
    code: "import '../electron'",
    rule: 'no-electron-in-node'
  },
  {
    breach: 'the preload knows more than its port',
    file: 'src/preload/index.ts',
    code: "import '@shared/contract/records'",
    rule: 'preload-hands-over-a-port'
  },
  {
    breach: 'the page knows the program',
    file: 'src/renderer/main.ts',
    code: "import type {} from '../main/api'",
    rule: 'page-speaks-the-contract'
  },
  {
    breach: 'a view knows the program',
    file: 'src/renderer/planted.vue',
    code: "<script setup>\nimport '../main/version'\n</script>",
    rule: 'page-speaks-the-contract'
  },
  { breach: 'the page uses Node', file: 'src/renderer/services/live.ts', code: "import 'node:path'", rule: 'page-is-no-program' },
  { breach: 'a control knows a service', file: 'src/renderer/ui/when.ts', code: "import '../services/theme'", rule: 'ui-below-services' },
  {
    breach: 'a service knows a page',
    file: 'src/renderer/services/theme.ts',
    code: "import '../runs/filter'",
    rule: 'services-below-pages'
  },
  { breach: 'a page knows the frame', file: 'src/renderer/runs/filter.ts', code: "import '../frame/wave'", rule: 'pages-below-frame' },
  { breach: 'a file is called utils', file: 'src/main/planted.ts', code: "import './utils/planted'", rule: 'no-utils' },
  {
    breach: 'two files import each other',
    file: 'src/shared/model/random.ts',
    code: "import type {} from './workload'",
    rule: 'no-cycles'
  },
  { breach: 'a file imports what is not there', file: 'src/main/host/home.ts', code: "import './nowhere'", rule: 'resolvable' },
  {
    breach: 'the product imports a test',
    file: 'src/main/version.ts',
    code: "import '../../test/planted'",
    rule: 'product-knows-no-tests'
  },
  { breach: 'set-up needs a package', file: 'scripts/say.mjs', code: "import 'vite'", rule: 'scripts-need-nothing' }
]

interface Violation {
  from: string
  rule: string
}

/** A copy of everything the check looks at, with the packages linked. */
function copyTree(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lab-floors-'))
  for (const part of [
    'src',
    'scripts',
    'resources',
    'package.json',
    'tsconfig.base.json',
    'tsconfig.shared.json',
    '.dependency-cruiser.mjs'
  ]) {
    cpSync(join(ROOT, part), join(folder, part), { recursive: true })
  }
  mkdirSync(join(folder, 'test'))
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  return folder
}

function plant(folder: string, file: string, code: string): void {
  const path = join(folder, file)
  mkdirSync(dirname(path), { recursive: true })
  appendFileSync(path, `\n${code}\n`)
}

/** The command that `npm run check` uses, and what it says of a tree: one line a breach. */
function check(folder: string): { status: number | null; violations: Violation[] } {
  const program = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
  const args = [program, '--config', '.dependency-cruiser.mjs', 'src', 'test', 'scripts']
  const { status, stdout } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, NO_COLOR: '1' }
  })
  const violations = [...stdout.matchAll(/^ *error ([a-z-]+): (\S+)/gm)].map(([, rule, from]) => ({ rule, from }))
  return { status, violations }
}

const folders: string[] = []
let broken: ReturnType<typeof check>

// The whole tree is read once: that the house stands as it is, is what `npm run check` says of it by the same command.
beforeAll(() => {
  const tree = copyTree()
  folders.push(tree)
  for (const { file, code } of BREACHES) plant(tree, file, code)
  plant(tree, 'src/main/utils/planted.ts', 'export {}')
  plant(tree, 'test/planted.ts', 'export {}')
  broken = check(tree)
}, 60_000)

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** What a chain of imports reaches is charged to where the chain begins. */
const CHAINS: Readonly<Record<string, RegExp>> = {
  'workers-open-no-database': /^src\/main\/training\/worker\.ts$/,
  'no-electron-in-node': /^src\/main\/(host\/cli|training\/worker)\.ts$/
}

describe('the floors of the house', () => {
  it('fail the check when one is broken', () => {
    expect(broken.status).not.toBe(0)
  })

  it.each(BREACHES)('are seen to break where $breach', ({ file, rule }) => {
    const found = broken.violations.filter(
      (violation) => violation.rule === rule && (CHAINS[rule]?.test(violation.from) ?? violation.from === file)
    )
    expect(found.length).toBeGreaterThan(0)
  })

  it('stand wherever nothing was planted', () => {
    const planted = new Set(BREACHES.map(({ file }) => file))
    const others = broken.violations.filter(
      ({ rule, from }) => rule !== 'no-cycles' && !(CHAINS[rule]?.test(from) ?? false) && !planted.has(from) && !from.endsWith('planted.ts')
    )
    expect(others).toEqual([])
  })
})

describe('shared code', () => {
  const STRANGERS = ['document.title', 'process.pid', 'new Buffer(1)', 'localStorage.length']
  let said: string[]

  beforeAll(() => {
    const folder = mkdtempSync(join(tmpdir(), 'lab-shared-'))
    folders.push(folder)
    for (const part of ['tsconfig.base.json', 'tsconfig.shared.json']) cpSync(join(ROOT, part), join(folder, part))
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
    plant(folder, 'src/shared/sound.ts', 'export const sound: number = Math.max(1, 2)')
    STRANGERS.forEach((code, i) => plant(folder, `src/shared/planted${i}.ts`, `export const planted: unknown = ${code}`))
    const compiler = join(ROOT, 'node_modules/typescript/bin/tsc')
    said = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.shared.json'], { cwd: folder, encoding: 'utf8' }).stdout.split('\n')
  }, 30_000)

  it.each(STRANGERS.map((code, i) => ({ code, i })))('has no type for $code', ({ i }) => {
    expect(said.filter((line) => line.includes(`planted${i}.ts`)).join()).toMatch(/Cannot find name/)
  })

  it('has types for the language itself', () => {
    expect(said.filter((line) => line.includes('sound.ts'))).toEqual([])
  })
})
