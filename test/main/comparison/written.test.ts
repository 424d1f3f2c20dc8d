import type { RunSpec } from '@shared/run/spec'
import { describe, expect, it } from 'vitest'
import { comparisonFile, lossesByGroup, reportedComparison } from '../../../src/main/api/comparison-results'
import { openLab } from '../../../src/main/api/lab'
import { forkWorkers } from '../../../src/main/processes/fork'
import { BUILT_WORKER } from '../api/hosts'
import { Evaluator } from '../../../src/main/learn/evaluation'
import { compileProblem } from '../../../src/main/learn/problem'
import type { Workload } from '../../../src/shared/model/workload'
import { chainWorkflow, GENERATED, ONE_EDGE_ONE_CLOUD, scenario, TRAPS } from '../learn/worlds'
import { openedStore } from '../store/samples'

/** On the device the first costs nothing; anywhere else its data must travel. */
const FREE: Workload = {
  name: 'free',
  workflows: [chainWorkflow('free', 'phone', [0, 0], [5, 5, 5]), chainWorkflow('paid', 'phone', [400, 800], [1, 1, 1])]
}
const ALONE: Workload = { name: 'alone', workflows: [chainWorkflow('w', 'phone', [400, 800], [1, 1, 1])] }

const PLACES = { 'local-only': 0, 'edge-only': 1, 'cloud-only': 2 } as const
type Rule = keyof typeof PLACES

/** Two seeds of each, evaluated for real, and everything their comparison writes. */
async function written(
  asked: readonly { rule: Rule; workload: Workload; split?: number }[],
  given: Parameters<typeof reportedComparison>[2] = {}
) {
  const store = openedStore()
  const specs = asked.flatMap(({ rule, workload, split = 0 }): RunSpec[] =>
    [1, 2].map((seed) => ({ scenario: scenario(ONE_EDGE_ONE_CLOUD, workload), algorithm: rule, parameters: {}, seed, heldOut: 20, split }))
  )
  const { runs } = store.addExperiment(
    { name: 'rules', document: {} },
    specs.map((spec) => ({ spec, totalLearnSteps: 0 })),
    1000
  )
  runs.forEach((id, i) => {
    const problem = compileProblem(specs[i], { training: 'fixed', jitter: 0 })
    const place = PLACES[specs[i].algorithm as Rule]
    const placements = problem.heldOut.map(({ tasks }) => new Uint8Array(tasks).fill(place))
    store.setEvaluation(id, new Evaluator(problem).evaluate(placements, 1))
  })
  const lab = openLab({ store, spawnWorker: forkWorkers(BUILT_WORKER), parallel: 1 })
  const comparison = await reportedComparison(lab, { ids: runs }, given)
  const [html, latex, csv] = await Promise.all((['html', 'latex', 'csv'] as const).map((kind) => comparisonFile(lab, comparison, kind)))
  const losses = await lossesByGroup(lab, runs)
  await lab.close()
  return { comparison, losses, html, latex, csv }
}

/** What an HTML page says, without its marks. */
const said = (html: string) => html.replace(/<style[\s\S]*?<\/style>|<svg[\s\S]*?<\/svg>|<[^>]+>/g, ' ').replace(/\s+/g, ' ')

describe('an infinite gap', () => {
  const all = written([
    { rule: 'local-only', workload: FREE },
    { rule: 'edge-only', workload: FREE },
    { rule: 'cloud-only', workload: FREE }
  ])
  const figureOf = async (key: string) => (await all).comparison.analysis.figures.find((row) => row.key === key)?.cells ?? []

  it('is infinite in the mean, p95 and the maximum, and has no interval', async () => {
    for (const key of ['gapMean', 'gapP95', 'gapMax']) {
      const [, edge] = await figureOf(key)
      expect(edge, key).toMatchObject({ mean: Number.POSITIVE_INFINITY, difference: Number.POSITIVE_INFINITY })
      expect([edge.interval, edge.differenceInterval], key).toEqual([undefined, undefined])
    }
  })

  it('is not a chance event: no test gives it a p-value under a thousandth', async () => {
    const [, edge] = await figureOf('gapP95')
    expect(edge.p).toBeUndefined()
  })

  it('stands as Infinity in the CSV and nowhere as NaN', async () => {
    const { csv } = await all
    expect(csv).toMatch(/^edge-only,.*,gapP95,fraction,optimum,Infinity,,,local-only,Infinity,,,,,,0,-1,,,trained,$/m)
    expect(csv).not.toContain('NaN')
  })

  it('is ∞ in the table for a paper, without a half', async () => {
    const { latex } = await all
    const row = latex.split('\n').find((line) => line.trim().startsWith('edge-only'))
    expect(row).toContain('edge-only & 1 & $\\infty$ & $\\infty$ &')
    expect(latex).toContain('such means have no interval')
  })

  it('is ∞ in the report, with the reason, and no sign stands before no value', async () => {
    const { html } = await all
    expect(html).not.toContain('NaN')
    expect(said(html)).toContain('edge-only: ∞ % above Q*')
    expect(said(html)).toMatch(/∞: a workflow that costs nothing in the optimum/)
    expect(said(html)).not.toMatch(/[±+−] ?–/)
  })

  it('is split into what is infinitely expensive and what is not excess', async () => {
    const [local, edge] = (await all).losses.map(({ losses }) => losses)
    expect(edge?.gap).toBe(Number.POSITIVE_INFINITY)
    expect(edge?.tasks[0].transfer).toBe(Number.POSITIVE_INFINITY)
    expect(edge?.tasks[0].compute).not.toBe(Number.POSITIVE_INFINITY)
    expect(local?.tasks.every(({ compute, transfer }) => Number.isFinite(compute) && Number.isFinite(transfer))).toBe(true)
    expect(edge?.hops.find(({ from, to }) => from === 'device' && to === 'edge')?.excess).toBe(Number.POSITIVE_INFINITY)
  })
})

describe('a report', () => {
  const asked = [
    { rule: 'local-only', workload: GENERATED },
    { rule: 'edge-only', workload: GENERATED }
  ] as const

  it('tells speeds, rates, latencies and energies of its scenario, and the objective', async () => {
    const { html } = await written(asked)
    const text = said(html)
    for (const words of ['Speed, MHz', 'Energy, mJ/Mc', 'Rate, MB/s', 'Latency, ms', 'Objective: Q = T/T_ref + δ·E/E_ref'])
      expect(text).toContain(words)
    for (const { id, computeMHz } of ONE_EDGE_ONE_CLOUD.nodes)
      expect(text).toMatch(new RegExp(`${id} \\w+ ${computeMHz.toLocaleString('en')}`))
  })

  it('calls its groups as they are to be published, and so does its table for LaTeX, which can be referred to', async () => {
    const { html, latex } = await written(asked, { name: 'Rules & more', published: { 'edge-only': 'Edge_1' } })
    expect(said(html)).toContain('Edge_1')
    expect(html).toContain('<title>Rules &amp; more</title>')
    expect(latex).toContain('Edge\\_1 & ')
    expect(latex).toContain('\\label{tab:rules-more}')
    expect(latex).toContain('\\begin{adjustbox}{max width=\\linewidth}')
  })
})

describe('what is said of the workflows', () => {
  it('is held-out where they were kept apart', async () => {
    const { html, latex } = await written([{ rule: 'edge-only', workload: GENERATED }])
    expect(latex).toContain('20 held-out workflows')
    expect(said(html)).toContain('Evaluation on held-out workflows')
    expect(said(html)).not.toContain('in sample')
  })

  it('is in sample where none was, in every caption and head', async () => {
    const { html, latex } = await written([
      { rule: 'edge-only', workload: TRAPS },
      { rule: 'local-only', workload: TRAPS }
    ])
    expect(latex).toContain('3 workflows, in sample')
    expect(said(html)).toContain('Evaluation in sample')
    expect(said(html)).toContain('Delay and energy, mean per workflow; 3 workflows, in sample')
    for (const document of [said(html), latex]) expect(document).not.toMatch(/held-out/)
  })

  it('is held-out of an explicit workload that was split', async () => {
    const { latex } = await written([{ rule: 'edge-only', workload: TRAPS, split: 0.4 }])
    expect(latex).toMatch(/; 1 held-out workflow\. /)
  })

  it('says of which, where both are compared', async () => {
    const { html, latex } = await written([
      { rule: 'edge-only', workload: GENERATED },
      { rule: 'local-only', workload: TRAPS }
    ])
    expect(said(html)).toContain('Evaluation, held-out and in sample')
    for (const document of [said(html), latex]) {
      expect(document).toMatch(/20 held-out workflows \(edge-only[^)]*\); 3 workflows, in sample \(local-only/)
    }
  })

  it('counts one by its own word', async () => {
    const { html, latex } = await written([{ rule: 'edge-only', workload: ALONE }])
    expect(said(html)).toContain('1 group, 2 runs')
    expect(latex).toContain('1 workflow, in sample')
    expect(said(html).replace(/What differs.*/, '') + latex).not.toMatch(/\b1 (workflows|groups|runs|seeds)\b/)
  })
})
