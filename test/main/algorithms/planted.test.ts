import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { colorsOf, lineOf } from '@shared/algorithms/looks'
import { combinations } from '@shared/experiment/experiment'
import { drawChart } from '../../../src/main/studies/definitions/draw'
import { algorithmSeries } from '../../../src/main/studies/definitions/looks'
import type { StudyRun } from '@shared/studies/study'
import { readExperiment } from '@shared/formats'
import { groupNames } from '@shared/run/naming'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { ALGORITHMS, algorithmCards } from '../../../src/main/algorithms'
import { groupLooks } from '../../../src/main/comparison/comparison'
import { figureSvg } from '../../../src/main/drawing/svg'
import { algorithmsCommand } from '../../../src/main/host/cli/algorithms'
import { loadBackend } from '../../../src/main/learn/backend'
import { isLearned } from '../../../src/main/learn/learner'
import { readPolicy } from '../../../src/main/learn/policy'
import { adaptingTo } from '../../../src/main/playground/adapting'
import { train } from '../../../src/main/training/training'
import type { TrainingEnd } from '../../../src/main/training/training-member'
import { pacesOf, planTime } from '../../../src/renderer/experiment/estimate'
import { openTestLab } from '../api/hosts'
import { directClient } from '../../../src/main/api'
import { GENERATED, ONE_EDGE_ONE_CLOUD, scenario, smallParameters } from '../learn/worlds'
import { runRow } from '../../renderer/rows'
import { patient } from './planted/patient'

// The one line of the register.
vi.mock(import('../../../src/main/algorithms/index'), async (original) => {
  const real = await original()
  const { patient: planted } = await import('./planted/patient')
  const all = [...real.ALGORITHMS, planted]
  return { ...real, ALGORITHMS: all, algorithmCards: all.map(({ card }) => card) }
})

const ID = patient.card.id
const LINE = { color: `sc-${ID}`, dash: [9, 1], marker: 'hexagon', hollow: false, width: 3 }
const document = (parameters: object = {}) => ({
  format: 'dmro-experiment/1',
  name: 'planted',
  scenarios: ['one-edge-one-cloud'],
  algorithms: [{ id: ID, parameters: { learnSteps: 100, ...parameters } }],
  seeds: [1, 2]
})

let lab: ReturnType<typeof openTestLab>
beforeAll(() => {
  lab = openTestLab()
})
afterAll(() => lab.close())
afterEach(() => vi.restoreAllMocks())

describe('an algorithm of one file and one line', () => {
  it('is in the register', () => {
    expect(ALGORITHMS.at(-1)?.card.id).toBe(ID)
  })

  it('comes to the page whole: its parameters for the form, its line for every legend', async () => {
    const { algorithms } = await directClient(lab.lab).system.catalogue({})
    const card = algorithms.find(({ id }) => id === ID)
    expect(JSON.parse(JSON.stringify(card))).toEqual(JSON.parse(JSON.stringify(patient.card)))
    expect(lineOf(algorithms, ID)).toEqual(LINE)
    expect(colorsOf(algorithms, 'light').get(LINE.color)).toBe('#123abc')
    expect(colorsOf(algorithms, 'dark').get(LINE.color)).toBe('#fedcba')
  })

  it('is in the help of the command line, with each parameter', async () => {
    let said = ''
    vi.spyOn(process.stdout, 'write').mockImplementation(((text: string, done?: () => void) => {
      said += text
      done?.()
      return true
    }) as typeof process.stdout.write)
    const invocation = { options: {}, json: false, home: '', places: { worker: '', page: '' } }
    await algorithmsCommand.run({ ...invocation, arguments: [] })
    expect(said).toMatch(/patient-dqn +A DQN that learns only after some patience\./)
    await algorithmsCommand.run({ ...invocation, arguments: [ID] })
    expect(said).toMatch(/patience +3 +1 – 9 +rounds +Rounds before it learns\./)
  })

  it('is drawn by its own line in comparisons and on paper', () => {
    const [look] = groupLooks([{ algorithm: ID, parameters: {} } as Parameters<typeof groupLooks>[0][number]])
    expect(look).toEqual(LINE)
    const series = [{ key: ID, label: ID, look, seeds: 1, points: [0, 1, 1, 0.5], band: [], runs: [] }]
    const chart = { key: 'c', title: 'c', x: 'learnSteps', y: { label: 'gap', scale: 'linear', kind: 'gap' }, series, levels: [] } as const
    expect(figureSvg(chart as unknown as Parameters<typeof figureSvg>[0])).toContain('#123abc')
  })

  it('is drawn by its own line in a study', () => {
    const run = { id: 'r', algorithm: ID, seed: 1, curves: { gap: { steps: [0, 1], values: [1, 0.5] } } } as unknown as StudyRun
    const y = { metric: 'gap', label: 'gap', scale: 'linear', kind: 'gap' } as const
    const plan = { key: 'c', title: 'c', x: 'learnSteps', y, series: [algorithmSeries(ID)] } as const
    expect(drawChart(plan, [run], algorithmCards).series.map(({ key, look }) => [key, look])).toEqual([[ID, LINE]])
  })

  it('is planned with its own account of memory, and timed by runs of its own size', async () => {
    const plan = await directClient(lab.lab).experiments.plan({ source: { document: document({ patience: [3, 5] }) } })
    expect(plan.cells.map(({ memoryBytes }) => memoryBytes)).toEqual([7e9 + 3, 7e9 + 5])
    const cards = new Map(algorithmCards.map((card) => [card.id, card]))
    const row = (n: number, patience: number, seconds: number) =>
      runRow(n, { algorithm: ID, parameters: { ...plan.settings[0].parameters, patience }, learnSteps: 100, seconds })
    const paces = pacesOf([row(1, 3, 10), row(2, 5, 40)], cards)
    expect(planTime(plan, 'all', paces, 1, cards).settings).toEqual([20, 80])
  })

  it('is read in documents, named by its settings, and refused what it has not', () => {
    const reading = { catalogue: algorithmCards, resolve: () => undefined }
    const read = readExperiment({ ...document({ patience: 10, other: 1 }), scenarios: [] }, reading)
    const faults = read.ok ? [] : read.faults.map(({ message }) => message)
    expect(faults).toContain('patience must be between 1 and 9 rounds, not 10')
    expect(faults.some((message) => message.startsWith(`${ID} has no parameter "other"`))).toBe(true)
    const [base] = combinations({ id: ID, parameters: {} }, patient.card)
    const groups = [base, { ...base, patience: 5 }].map((parameters) => ({ algorithm: ID, scenario: 's', parameters }))
    expect(groupNames(groups, new Map([[ID, patient.card]]))).toEqual([`${ID} · patience 3`, `${ID} · patience 5`])
  })

  it('trains, and resumes from its own weights in a changed world', async () => {
    const spec = {
      scenario: scenario(ONE_EDGE_ONE_CLOUD, GENERATED),
      algorithm: ID,
      parameters: smallParameters(patient.card, { learnSteps: 20 }),
      seed: 1,
      heldOut: 5,
      split: 0
    }
    let end: TrainingEnd | undefined
    const algorithm = ALGORITHMS.find(({ card }) => card.id === ID)
    if (!algorithm || !isLearned(algorithm)) throw new Error('not planted')
    const fail = (error: unknown) => {
      throw error
    }
    await train(await loadBackend(), algorithm, [
      { spec, hooks: { wanted: () => 'go', report: async () => {}, end: (each) => (end = each), fail } }
    ])
    expect(end?.outcome).toBe('completed')
    const { card } = readPolicy(end?.policy as Uint8Array)
    expect(adaptingTo(card, spec).algorithm.card.id).toBe(ID)
    expect(adaptingTo(card).algorithm.card.id).toBe('dqn')
  })
})

describe('what stands on a card', () => {
  it('is what the algorithm does', () => {
    for (const algorithm of ALGORITHMS.filter(isLearned)) {
      const shape = { places: 3, tasks: 4, deviceKinds: 1, coefficients: 0, megacyclesScale: 1, megabytesScale: 1 }
      const { kind, network } = algorithm.network(shape, smallParameters(algorithm.card))
      expect(algorithm.card.networks).toEqual({ values: kind, head: network.head })
    }
  })

  it('tells every algorithm from the others in both themes', () => {
    const lines = algorithmCards.map(({ look }) => look && [look.dash, look.marker, look.hollow, look.width].join('/'))
    expect(lines).not.toContain(undefined)
    expect(new Set(lines).size).toBe(lines.length)
  })

  it('counts a pool for each environment of a set in the memory forecast', async () => {
    const one = { format: 'dmro-topology/1', ...ONE_EDGE_ONE_CLOUD }
    const planned = async (copies: number) => {
      const topologies = Array.from({ length: copies }, (_, n) => ({ ...one, name: `world ${n}` }))
      const environments = { format: 'dmro-environments/1', name: 'set', topologies }
      const algorithms = ['meta', 'reptile', 'fomaml'].map((id) => ({ id, parameters: { hidden: 8 }, environments }))
      const plan = await directClient(lab.lab).experiments.plan({ source: { document: { ...document(), algorithms } } })
      return plan.cells.map(({ memoryBytes }) => memoryBytes)
    }
    const [few, many] = [await planned(1), await planned(20)]
    // 500 workflows of ten tasks in each of 19 more environments.
    few.forEach((bytes, at) => expect(many[at] - bytes).toBeGreaterThan(19 * 500 * 10 * 9 * 8))
  })

  it('stands nowhere else: the page has no colour of an algorithm, and no list of them', () => {
    const root = fileURLToPath(new URL('../../../src', import.meta.url))
    const outside = readdirSync(root, { recursive: true })
      .map((path) => String(path).replaceAll('\\', '/'))
      .filter((path) => /\.(ts|vue|css)$/.test(path) && !path.startsWith('main/algorithms/') && !/studies\/|adapt/.test(path))
    const learned = algorithmCards.filter(({ kind }) => kind === 'learned').map(({ id }) => id)
    const listing = outside.filter((path) => {
      const text = readFileSync(`${root}/${path}`, 'utf8')
      return /--sc-[a-z]/.test(text) || learned.filter((id) => text.includes(`'${id}'`)).length > 2
    })
    expect(listing).toEqual([])
  })
})
