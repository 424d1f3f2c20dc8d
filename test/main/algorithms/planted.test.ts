import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { colorsOf, lineOf } from '@shared/algorithms/looks'
import { combinations } from '@shared/experiment/experiment'
import { drawChart } from '../../../src/main/studies/definitions/draw'
import { algorithmSeries } from '../../../src/main/studies/definitions/looks'
import type { StudyRun } from '@shared/studies/study'
import { readExperiment } from '@shared/formats'
import { groupNames } from '@shared/run/naming'
import { totalStepsOf } from '@shared/run/steps'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { ALGORITHMS, algorithmCards } from '../../../src/main/algorithms'
import { groupLooks } from '../../../src/main/comparison/comparison'
import { Performer } from '../../../src/main/computing/jobs'
import { figureSvg } from '../../../src/main/drawing/svg'
import { algorithmsCommand } from '../../../src/main/host/cli/algorithms'
import { loadBackend } from '../../../src/main/learn/backend'
import { isLearned } from '../../../src/main/learn/learner'
import type { PlacingAlgorithm } from '../../../src/main/learn/placing'
import { readPolicy } from '../../../src/main/learn/policy'
import { adaptingTo } from '../../../src/main/playground/adapting'
import { place } from '../../../src/main/training/placing'
import { train } from '../../../src/main/training/training'
import { planTime } from '../../../src/renderer/experiment/estimate'
import { smallCharts } from '../../../src/renderer/runs/runCurves'
import { timingOf } from '@shared/run/timing'
import { openTestLab } from '../api/hosts'
import { directClient } from '../../../src/main/api'
import { GENERATED, ONE_EDGE_ONE_CLOUD, scenario, smallParameters } from '../learn/worlds'
import { runRow } from '../../renderer/rows'
import { Listener } from '../training/listener'
import { farthest } from './planted/farthest'
import { patient, REST } from './planted/patient'
import { secondOptimum } from './planted/second-optimum'
import { wandering } from './planted/wandering'

// The one line of the register that each has, and the one of its own metric.
vi.mock(import('../../../src/main/algorithms/index'), async (original) => {
  const real = await original()
  const { farthest } = await import('./planted/farthest')
  const { secondOptimum } = await import('./planted/second-optimum')
  const { wandering } = await import('./planted/wandering')
  const { patient } = await import('./planted/patient')
  const all = [...real.ALGORITHMS, wandering, farthest, secondOptimum, patient]
  return { ...real, ALGORITHMS: all, algorithmCards: all.map(({ card }) => card) }
})
vi.mock(import('@shared/run/metrics'), async (original) => {
  const real = await original()
  const { REST } = await import('./planted/patient')
  return { ...real, METRICS: [...real.METRICS, REST] }
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
    const timing = timingOf([row(1, 3, 10), row(2, 5, 40)], cards)
    const { settings, isRough } = planTime(plan, 'all', timing, 1, cards)
    // Two seeds side by side share what a step costs whatever their number.
    expect([settings, isRough]).toEqual([[expect.closeTo(10, 9), expect.closeTo(40, 9)], false])
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

  it('trains, and resumes from its own weights in a changed world; what it reports of its own is recorded and drawn', async () => {
    const spec = {
      scenario: scenario(ONE_EDGE_ONE_CLOUD, GENERATED),
      algorithm: ID,
      parameters: smallParameters(patient.card, { learnSteps: 20 }),
      seed: 1,
      heldOut: 5,
      split: 0
    }
    const algorithm = ALGORITHMS.find(({ card }) => card.id === ID)
    if (!algorithm || !isLearned(algorithm)) throw new Error('not planted')
    const heard = new Listener()
    await train(await loadBackend(), algorithm, [{ spec, hooks: heard }])
    const end = heard.ended
    expect(end?.outcome).toBe('completed')
    expect(heard.points.get(REST.key)?.at(-1)).toEqual([20, 3])
    const { metrics } = await directClient(lab.lab).system.catalogue({})
    const drawn = smallCharts(patient.card.metrics, [], new Map(metrics.map((metric) => [metric.key, metric])))
    expect(drawn.map((chart) => chart.title())).toEqual(['Loss', 'Reward', 'Exploration ε', 'Rest'])
    expect(drawn.at(-1)?.value(3)).toBe('3 rounds')
    const { card } = readPolicy(end?.policy as Uint8Array)
    expect(adaptingTo(card, spec).algorithm.card.id).toBe(ID)
    expect(adaptingTo(card).algorithm.card.id).toBe('dqn')
  })
})

describe.each<[string, PlacingAlgorithm, number]>([
  ['search', wandering, 40],
  ['fixed placement', farthest, 5],
  ['reference', secondOptimum, 5]
])('a %s of one file and one line', (_, { card }, steps) => {
  const planted = () => {
    const algorithm = ALGORITHMS.find((each) => each.card.id === card.id)
    if (!algorithm || isLearned(algorithm)) throw new Error('not planted')
    return algorithm
  }

  it('comes to the page whole, and is drawn by its own line', async () => {
    const { algorithms } = await directClient(lab.lab).system.catalogue({})
    expect(JSON.parse(JSON.stringify(algorithms.find(({ id }) => id === card.id)))).toEqual(JSON.parse(JSON.stringify(card)))
    expect(lineOf(algorithms, card.id).color).toBe(`sc-${card.id}`)
  })

  it('is planned and read in documents like any other', async () => {
    const asked = { ...document(), algorithms: [{ id: card.id }] }
    const plan = await directClient(lab.lab).experiments.plan({ source: { document: asked } })
    expect(plan.settings.map(({ algorithm }) => algorithm)).toEqual([card.id])
  })

  it('places, records what its card declares, and can be looked into', async () => {
    const parameters = Object.fromEntries(card.parameters.map((parameter) => [parameter.key, parameter.default]))
    const world = scenario(ONE_EDGE_ONE_CLOUD, GENERATED)
    const spec = { scenario: world, algorithm: card.id, parameters, seed: 1, heldOut: 5, split: 0 }
    const heard = new Listener()
    await place(planted(), { spec, hooks: heard })
    expect(heard.ended).toMatchObject({ outcome: 'completed', learnSteps: steps })
    expect(totalStepsOf(spec)).toBe(steps)
    expect([...heard.points.keys()].sort()).toEqual([...(card.metrics ?? [])].sort())
    const { workflows } = await new Performer().perform({ what: 'placements', run: 'r', spec }, { resolve: () => undefined })
    expect(workflows.map(({ gap }) => gap)).toEqual(heard.ended?.evaluation?.gaps)
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

  it('has colours that can be seen on their ground, in both themes', () => {
    const luminance = (hex: string) => {
      const [red, green, blue] = [1, 3, 5].map((at) => {
        const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
      })
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
    const contrast = (a: string, b: string) => {
      const [low, high] = [luminance(a), luminance(b)].sort((one, other) => one - other)
      return (high + 0.05) / (low + 0.05)
    }
    for (const { id, look } of algorithmCards) {
      if (id === ID) continue
      // --bg-1 of tokens.css; marks need 3 : 1.
      expect(contrast(look?.light ?? '#ffffff', '#ffffff'), `${id}, light`).toBeGreaterThan(3)
      expect(contrast(look?.dark ?? '#111418', '#111418'), `${id}, dark`).toBeGreaterThan(3)
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
