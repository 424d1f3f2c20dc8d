import { batchesOf, drawBatch, drawBatches, drawWorkflow, workflowsOf } from '@shared/model/batch/draw'
import { randomStream } from '@shared/model/random'
import { INPUT, isChain, OUTPUT, type Workflow, workflowOf } from '@shared/model/workflow'
import { drawChains, type GeneratedWorkload, type GeneratorParameters, PAPER_GENERATOR } from '@shared/model/workload'
import { describe, expect, it } from 'vitest'
import { cases, device, edge, fc, link } from './worlds'

const topology = { name: 'two', nodes: [device('d1'), device('d2'), edge('e')], links: [link('d1', 'e'), link('d2', 'e')] }
const SPLIT: GeneratorParameters = { ...PAPER_GENERATOR, tasks: 20, graph: { fat: [0.5, 0.7], density: [0.4, 0.8], flows: 'split' } }
const FULL: GeneratorParameters = { ...SPLIT, graph: { fat: [0.5, 0.7], density: [0.4, 0.8], flows: 'full' } }

const draw = (generator: GeneratorParameters, seed: number): Workflow =>
  drawWorkflow(generator, topology, 0, 'w', randomStream(seed, 'workload'))
const between = (value: number, [low, high]: readonly [number, number]) => value >= low && value <= high

/** The level of every task: one below the first of its parents. All of a task's parents stand on one level. */
function levelsOf({ tasks, flows }: Workflow): number[][] {
  const level = new Map<string, number>()
  for (const { id } of tasks) {
    const parents = new Set(flows.filter(({ to, from }) => to === id && from !== INPUT).map(({ from }) => level.get(from)))
    expect(parents.size).toBeLessThanOrEqual(1)
    level.set(id, parents.size === 0 ? 0 : ([...parents][0] as number) + 1)
  }
  const levels: number[][] = []
  tasks.forEach(({ id }, i) => {
    const at = level.get(id) ?? 0
    levels[at] = [...(levels[at] ?? []), i]
  })
  return levels
}

describe('a layered graph', () => {
  const shapes = fc.record({
    seed: fc.nat(),
    tasks: fc.integer({ min: 1, max: 40 }),
    fat: fc.double({ min: 0.1, max: 1, noNaN: true }),
    density: fc.double({ min: 0, max: 1, noNaN: true }),
    flows: fc.constantFrom('split' as const, 'full' as const)
  })

  it('has levels of N^fat · U(.5, 1.5) tasks, each with 1 to 1 + ⌊density · width⌋ parents one level up', () => {
    fc.assert(
      fc.property(shapes, ({ seed, tasks, fat, density, flows }) => {
        const drawn = draw({ ...SPLIT, tasks, graph: { fat: [fat, fat], density: [density, density], flows } }, seed)
        expect(drawn.tasks.map(({ id }) => id)).toEqual(Array.from({ length: tasks }, (_, i) => `t${i + 1}`))
        const levels = levelsOf(drawn)
        // Tasks are numbered level by level.
        expect(levels.flat()).toEqual(drawn.tasks.map((_, i) => i))
        levels.forEach((level, l) => {
          const most = Math.max(1, Math.round(1.5 * tasks ** fat))
          const least = Math.max(1, Math.round(0.5 * tasks ** fat))
          expect(level.length).toBeLessThanOrEqual(most)
          if (l < levels.length - 1) expect(level.length).toBeGreaterThanOrEqual(least)
          if (l === 0) return
          const width = levels[l - 1].length
          for (const task of level) {
            const parents = drawn.flows.filter(({ to }) => to === drawn.tasks[task].id).map(({ from }) => from)
            expect(new Set(parents).size).toBe(parents.length)
            expect(parents.length).toBeGreaterThanOrEqual(1)
            expect(parents.length).toBeLessThanOrEqual(Math.min(width, 1 + Math.floor(density * width)))
          }
        })
        const sources = new Set(drawn.flows.map(({ from }) => from))
        expect(drawn.tasks.every(({ id }) => sources.has(id))).toBe(true)
      }),
      cases(300)
    )
  })

  it('divides its input over the entries, an output over the successors and an exit’s by the number of exits, or draws every flow', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const split = draw(SPLIT, seed)
        const into = split.flows.filter(({ from }) => from === INPUT)
        expect(
          between(
            into.reduce((sum, { megabytes }) => sum + megabytes, 0),
            [50 - 1e-9, 100 + 1e-9]
          )
        ).toBe(true)
        expect(new Set(into.map(({ megabytes }) => megabytes)).size).toBe(1)
        const exits = split.flows.filter(({ to }) => to === OUTPUT)
        for (const { megabytes } of exits) expect(between(megabytes * exits.length, [10 - 1e-9, 50 + 1e-9])).toBe(true)
        for (const { id, megacycles } of split.tasks) {
          expect(between(megacycles, SPLIT.megacycles)).toBe(true)
          const out = split.flows.filter(({ from, to }) => from === id && to !== OUTPUT)
          if (out.length === 0) continue
          expect(new Set(out.map(({ megabytes }) => megabytes)).size).toBe(1)
          expect(between(out[0].megabytes * out.length, [10 - 1e-9, 50 + 1e-9])).toBe(true)
        }
        const full = draw(FULL, seed)
        for (const { from, megabytes } of full.flows) if (from !== INPUT) expect(between(megabytes, FULL.laterMegabytes)).toBe(true)
        // The shape is drawn before any size.
        expect(full.flows.map(({ from, to }) => [from, to])).toEqual(split.flows.map(({ from, to }) => [from, to]))
      }),
      cases(200)
    )
  })

  it('is drawn in the order that the format states', () => {
    const generator = { ...FULL, tasks: 6 }
    const random = randomStream(7, 'workload')
    const width = 6 ** random.between(0.5, 0.7)
    const density = random.between(0.4, 0.8)
    const widths: number[] = []
    for (let left = 6; left > 0; left -= widths[widths.length - 1])
      widths.push(Math.min(left, Math.max(1, Math.round(width * random.between(0.5, 1.5)))))
    const parents: number[][] = []
    let first = 0
    widths.forEach((own, l) => {
      for (let i = 0; i < own; i++) {
        const left = l === 0 ? [] : Array.from({ length: widths[l - 1] }, (_, k) => first - widths[l - 1] + k)
        const count = l === 0 ? 0 : Math.min(left.length, 1 + Math.floor(random.between(0, density * left.length)))
        for (let k = 0; k < count; k++) {
          const chosen = k + random.below(left.length - k)
          const kept = left[k]
          left[k] = left[chosen]
          left[chosen] = kept
        }
        parents.push(left.slice(0, count))
      }
      first += own
    })
    const input = random.between(50, 100) / widths[0]
    const flows = Array.from({ length: widths[0] }, (_, i) => ({ from: INPUT, to: `t${i + 1}`, megabytes: input }))
    const tasks = parents.map((_, i) => {
      const megacycles = random.between(1e3, 1e5)
      const successors = parents.flatMap((those, j) => (those.includes(i) ? [`t${j + 1}`] : []))
      for (const to of successors.length > 0 ? successors : [OUTPUT])
        flows.push({ from: `t${i + 1}`, to, megabytes: random.between(10, 50) })
      return { id: `t${i + 1}`, megacycles }
    })
    expect(draw(generator, 7)).toEqual({ id: 'w', device: 'd1', tasks, flows })
  })

  it('is the same for ever: a seed names a workload', () => {
    const { tasks, flows } = draw({ ...SPLIT, tasks: 5 }, 1)
    expect(tasks.map(({ megacycles }) => megacycles)).toEqual([
      63503.248591564945, 95423.82322712537, 57843.859614489294, 34752.54800269094, 93809.70061886348
    ])
    expect(flows.map(({ from, to, megabytes }) => `${from} ${to} ${megabytes}`)).toEqual([
      '@input t1 48.239401404829714',
      '@input t2 48.239401404829714',
      't1 t4 35.79427749340194',
      't2 t3 27.969160686864797',
      't3 t5 21.677806237727197',
      't4 @output 14.796682591705583',
      't5 @output 5.911514589092688'
    ])
  })
})

describe('a chain', () => {
  it('is drawn as it always was, to the bit', () => {
    const { graph: _, ...chain } = SPLIT
    const known = drawChains(chain, topology, 30, 'w', randomStream(3, 'workload')).map(workflowOf)
    expect(drawBatches(chain, topology, 30, 'w', randomStream(3, 'workload')).flat()).toEqual(known)
    expect(drawBatches({ ...chain, together: 7 }, topology, 30, 'w', randomStream(3, 'workload')).flat()).toEqual(known)
    expect(known.every(isChain)).toBe(true)
    expect(isChain(draw(SPLIT, 1))).toBe(false)
  })
})

describe('workflows that are released together', () => {
  const generator: GeneratorParameters = { ...SPLIT, tasks: 3, users: 3, workflowsPerUser: 2, together: 4 }
  const workload: GeneratedWorkload = { name: 'together', generator, seed: 5 }

  it('are the generator’s in order, M by M, owned by users in turn', () => {
    const batches = batchesOf(workload, topology)
    expect(batches.map((batch) => batch.map(({ id, device: owner }) => `${id} ${owner}`))).toEqual([
      ['w1 d1', 'w2 d2', 'w3 d1', 'w4 d1'],
      ['w5 d2', 'w6 d1']
    ])
    expect(workflowsOf(workload, topology)).toEqual(batches.flat())
    expect(batches.flat().every(({ releaseSeconds }) => releaseSeconds === undefined)).toBe(true)
    expect(drawBatch(generator, topology, 4, 'h', randomStream(1, 'evaluation')).map(({ id, device: owner }) => `${id} ${owner}`)).toEqual([
      'h5 d2',
      'h6 d1',
      'h7 d1',
      'h8 d2'
    ])
  })

  it('are released one exponential gap after another, each batch from 0', () => {
    const stream = { ...generator, users: 1, workflowsPerUser: 2000, together: 500, gapSeconds: 12.6 }
    const batches = batchesOf({ ...workload, generator: stream }, topology)
    const gaps = batches.flatMap((batch) => {
      expect(batch[0].releaseSeconds).toBe(0)
      return batch.slice(1).map(({ releaseSeconds = 0 }, i) => releaseSeconds - (batch[i].releaseSeconds ?? 0))
    })
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length
    expect(Math.min(...gaps)).toBeGreaterThan(0)
    expect(Math.abs(mean / 12.6 - 1)).toBeLessThan(0.1)
    // Of exponential gaps the share e^−1 is longer than the mean.
    expect(Math.abs(gaps.filter((gap) => gap > 12.6).length / gaps.length - Math.exp(-1))).toBeLessThan(0.04)
  })

  it('have gaps drawn before each workflow but the first of its batch', () => {
    const random = randomStream(5, 'workload')
    const first = drawWorkflow(generator, topology, 0, 'w1', random)
    const releaseSeconds = -9 * Math.log(1 - random.uniform())
    const second = drawWorkflow(generator, topology, 1, 'w2', random)
    const [batch] = batchesOf({ ...workload, generator: { ...generator, together: 2, gapSeconds: 9 } }, topology)
    expect(batch).toEqual([
      { ...first, releaseSeconds: 0 },
      { ...second, releaseSeconds }
    ])
  })
})
