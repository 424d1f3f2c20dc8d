/**
 * The floors of the house. Each floor imports only floors below it; see ARCHITECTURE.md for what each is for.
 * test/house plants a breach of each and expects it to be found.
 */

const SHARED_FLOORS = ['model', 'statistics', 'curves', 'algorithms', 'charts', 'run', 'experiment', 'studies', 'formats', 'contract']
const MAIN_FLOORS = [
  'learn',
  'algorithms',
  'archive',
  'computing',
  'store',
  'agents',
  'drawing',
  'processes',
  'playground',
  'training',
  'queue',
  'studies',
  'comparison',
  'bundle',
  'transfers',
  'api',
  'host'
]
/** The pages, none of which another is below: what several of them show is in the floors beneath. */
const PAGES = ['topology', 'workload', 'experiment', 'runs', 'compare', 'playground', 'studies', 'bin', 'lineage', 'agents']
const RENDERER_FLOORS = ['ui', 'services', `(lists|library|charts|placements|opening|${PAGES.join('|')})`, 'frame']

const named = (floor) => (floor.startsWith('(') ? 'pages' : floor)

/** One rule a floor: it may not import a floor above it. */
function upward(root, floors) {
  return floors.slice(0, -1).map((floor, i) => ({
    name: `${named(floor)}-below-${named(floors[i + 1])}`,
    comment: `${root}/${named(floor)} may only import floors below it.`,
    severity: 'error',
    from: { path: `^${root}/${floor}/` },
    to: { path: `^${root}/(${floors.slice(i + 1).join('|')})/` }
  }))
}

export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A page that is loaded on demand may know the router that loads it; nothing else may come back to itself.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['dynamic-import'] } }
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^virtual:' } },
    {
      name: 'no-utils',
      comment: 'A folder or file is named by what it holds.',
      severity: 'error',
      from: {},
      to: { path: '^(src|test|scripts)/.*\\b(utils?|helpers?|misc|common)[./]' }
    },

    {
      name: 'shared-knows-no-runtime',
      comment:
        'src/shared runs in Node, in Electron and in a browser: nothing but schemas, the contract and a reader of XML comes from outside.',
      severity: 'error',
      from: { path: '^src/shared/', pathNot: '^src/shared/charts/' },
      to: { pathNot: '^(src/shared/|resources/)|node_modules/(zod|@orpc/contract|saxes)/' }
    },
    {
      name: 'charts-are-data',
      comment: 'src/shared/charts says what is drawn, in the shape ECharts takes; who draws it is elsewhere.',
      severity: 'error',
      from: { path: '^src/shared/charts/' },
      to: { pathNot: '^src/shared/', dependencyTypesNot: ['type-only'] }
    },
    {
      name: 'model-is-pure',
      comment: 'The world model is arithmetic: it imports nothing but itself.',
      severity: 'error',
      from: { path: '^src/shared/model/' },
      to: { pathNot: '^src/shared/model/' }
    },
    ...upward('src/shared', SHARED_FLOORS),

    ...upward('src/main', MAIN_FLOORS),
    {
      name: 'store-knows-no-tensors',
      comment: 'The history is read without a tensor library; of the rest of the program it knows the log alone.',
      severity: 'error',
      from: { path: '^src/main/store/' },
      to: { path: '^src/main/(?!store/|log\\.ts$)|@tensorflow/' }
    },
    {
      name: 'tensors-in-one-place',
      comment: 'Only learn/backend.ts loads a tensor library; all else is handed one.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/main/learn/backend\\.ts$' },
      to: { path: '@tensorflow/', dependencyTypesNot: ['type-only'] }
    },
    {
      name: 'database-in-the-store',
      comment: 'SQL is spoken in the store alone.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/main/store/' },
      to: { path: 'node_modules/(better-sqlite3|drizzle-orm)/' }
    },
    {
      name: 'workers-open-no-database',
      comment: 'One recorder writes; a worker only computes and reports.',
      severity: 'error',
      from: { path: '^src/main/training/worker\\.ts$' },
      to: { path: '^src/main/store/', reachable: true }
    },

    {
      name: 'electron-at-its-host',
      comment: 'Only the desktop host, its entry and the preload know Electron; what the host decides knows its types.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(main/host/electron(-window)?\\.ts|main/index\\.ts|preload/)' },
      to: { path: '^electron$|node_modules/electron/', dependencyTypesNot: ['type-only'] }
    },
    {
      name: 'electron-types-at-its-door',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(main/host/electron[a-z-]*\\.ts|main/index\\.ts|preload/)' },
      to: { path: '^electron$|node_modules/electron/' }
    },
    {
      name: 'no-electron-in-node',
      comment: 'The command line and the workers run in plain Node, where importing Electron would try to fetch it.',
      severity: 'error',
      from: { path: '^src/main/(host/cli|training/worker)\\.ts$' },
      to: { path: '^src/main/host/electron(-window)?\\.ts|node_modules/electron/', reachable: true }
    },
    {
      name: 'preload-hands-over-a-port',
      severity: 'error',
      from: { path: '^src/preload/' },
      to: { pathNot: '^(src/preload/|src/shared/contract/wire\\.ts$|electron$)|node_modules/electron/' }
    },

    {
      name: 'page-speaks-the-contract',
      comment: 'The page knows the program by its contract alone, not even by a type.',
      severity: 'error',
      from: { path: '^src/renderer/' },
      to: { path: '^src/(main|preload)/' }
    },
    {
      name: 'page-is-no-program',
      severity: 'error',
      from: { path: '^src/renderer/' },
      to: { dependencyTypes: ['core'] }
    },
    ...upward('src/renderer', RENDERER_FLOORS),

    {
      name: 'product-knows-no-tests',
      severity: 'error',
      from: { path: '^(src|scripts)/' },
      to: { path: '^test/' }
    },
    {
      name: 'scripts-need-nothing',
      comment: 'Set-up runs before anything is installed; the reference is drawn from the program itself, packages are made of it.',
      severity: 'error',
      from: { path: '^scripts/', pathNot: '^scripts/(reference/|pack/|source\\.mjs$|paper\\.mjs$)' },
      to: { pathNot: '^scripts/', dependencyTypesNot: ['core'] }
    }
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.base.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
      extensions: ['.ts', '.mjs', '.js', '.vue', '.json', '.css']
    }
  }
}
