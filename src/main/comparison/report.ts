import { REFERENCE_NAMES } from '@shared/model/world'
import { referenceKindOf } from '@shared/run/evaluation'
import { delayEnergyOption, profileOption } from '@shared/charts/comparison'
import type { FigureChart } from '@shared/charts/figure'
import { PAPER_FONT } from '@shared/charts/print'
import { lossOption, signedPercent } from '@shared/charts/lossChart'
import { amount, count, fixed, share } from '@shared/format'
import type { ComparisonAnalysis } from '@shared/contract/comparisons'
import type { FigureCell } from '@shared/experiment/comparison'
import { differenceText, figureHead, halfText, infiniteNote, meanText, pText } from '@shared/experiment/figureText'
import { evaluatedTexts, samplingOf } from '@shared/run/evaluated'
import { commonUnit, type CurveUnit, hasCurves, stepCount, stepUnitOf } from '@shared/run/steps'
import { mean } from '@shared/statistics/descriptive'
import { TIERS } from '@shared/model/topology'
import { paperColor } from '../drawing/palette'
import { drawSvg, figureSvg } from '../drawing/svg'
import { version } from '../version'
import { valueText } from '@shared/run/naming'
import { bestOfText, readAtText, trainingNotes } from '@shared/experiment/trainingText'
import { approximationNotes, type DrawnComparison, gapNote, parameterOfAlgorithm, type ReportedComparison } from './comparison'
import { html, type SafeHtml, trusted } from './html'
import { scenariosPart } from './scenarios'
import paper from './paper.css?raw'

const STYLE = { color: paperColor, font: PAPER_FONT }
const SIZE = { width: 500, height: 320 }

/** A drawing as part of the page: without its XML head and the rules for pointers, which a paper has not. */
const inline = (svg: string): SafeHtml => trusted(svg.replace(/<\?xml[^>]*>/, '').replace(/<style[\s\S]*?<\/style>/g, ''))

/** The whole comparison as one page: light, printable, without a script, a font or a picture from anywhere. */
export function comparisonHtml(comparison: DrawnComparison): string {
  const { name, analysis, at } = comparison
  const { groups } = analysis
  const runs = groups.reduce((sum, group) => sum + group.runs.length, 0)
  const scenarios = [...new Set(groups.map(({ scenario }) => scenario))]
  const notes = [...new Set([...comparison.rows.values()].flatMap(({ scenarioNote }) => scenarioNote ?? []))]
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width">
<title>${name}</title>
<style>${trusted(paper)}</style>
</head>
<body>
<h1>${name}</h1>
<p class="quiet">${count(groups.length, 'group', 'groups')}, ${count(runs, 'run', 'runs')} · ${scenarios.join('; ')} · DMRO Lab ${version} · ${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC</p>
${notes.map((note) => html`<p class="quiet">${note}</p>`)}
${approximationNotes(comparison).map((note) => html`<p>${note}</p>`)}
${trainingNotes(analysis.training, comparison.names).map((note) => html`<p>${note}</p>`)}
${scenariosPart(comparison.scenarios)}
${curvesPart(comparison)}
${figuresPart(comparison)}
<section>
<h2>Delay, energy and the distribution of gaps</h2>
<div class="pair">${delayPart(comparison)}${profilePart(comparison)}</div>
${sharesPart(comparison)}
</section>
${lossesPart(comparison)}
${picturesPart(comparison)}
${configurationPart(comparison)}
${runsPart(comparison)}
</body>
</html>
`.source
}

/** As images, in which no script of theirs would run. */
function picturesPart({ pictures }: DrawnComparison): SafeHtml {
  if (pictures.length === 0) return html``
  return html`<section><h2>${pictures.length > 1 ? 'Further charts' : 'A further chart'}</h2>${pictures.map(
    ({ title, svg }) =>
      html`<figure><img alt="${title}" src="data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}"><figcaption>${title}</figcaption></figure>`
  )}</section>`
}

/** How the axis of a gap names what it is measured on. */
const GAP_OF = {
  'held-out': 'optimality gap of held-out workflows',
  'in sample': 'optimality gap, in sample',
  mixed: 'optimality gap'
} as const

/** Which workflows the groups are evaluated on, in words. */
const workflowsOf = ({ analysis, names }: ReportedComparison, among: (g: number) => boolean = () => true) =>
  evaluatedTexts(analysis.evaluatedOn.flatMap((on, g) => (among(g) ? [{ name: names[g], on }] : [])))

/** What curves are drawn over: where figures are read before the end of training, what they are read by, up to there. */
function overOf({ read }: ComparisonAnalysis, unit: CurveUnit): { x: FigureChart['x']; words: string } {
  if (read.basis === 'seconds') return { x: 'seconds', words: 'seconds of training, to where figures are read' }
  const words = read.basis === 'steps' ? `${unit}, to where figures are read` : unit
  return { x: unit === 'evaluations' ? 'evaluations' : 'learnSteps', words }
}

function curvesPart(comparison: DrawnComparison): SafeHtml {
  const { curves, analysis } = comparison
  if (curves.length === 0) return html``
  const isDrawn = (g: number) => curves.some(({ key }) => key === String(g))
  const sampling = samplingOf(analysis.evaluatedOn.filter((_, g) => isDrawn(g))) ?? 'mixed'
  const positive = curves.some(({ points }) => points.some((value, i) => i % 2 === 1 && value > 0))
  const unit = commonUnit(analysis.groups)
  const { x, words } = overOf(analysis, unit)
  const chart: FigureChart = {
    key: 'gap',
    title: 'Optimality gap',
    x,
    y: { label: GAP_OF[sampling], scale: positive ? 'log' : 'linear', kind: 'gap' },
    series: curves,
    levels: []
  }
  const several = new Set(analysis.groups.map(({ scenarioId }) => scenarioId)).size > 1
  return html`<section><h2>${unit === 'evaluations' ? 'Search' : 'Learning'}</h2>
<figure role="img" aria-label="Optimality gap over ${words}">${inline(figureSvg(chart, { width: 1010, height: 400 }))}
<figcaption>Optimality gap Q/Q* − 1 over ${words}, ${workflowsOf(comparison, isDrawn)}: mean over seeds; band: 95 % interval over seeds (Student’s t), from three seeds on.${gapNote(comparison) ? ` ${gapNote(comparison)}` : ''}${several ? ' The groups belong to several scenarios.' : ''}</figcaption></figure></section>`
}

const EVALUATION = {
  'held-out': 'Evaluation on held-out workflows',
  'in sample': 'Evaluation in sample',
  mixed: 'Evaluation, held-out and in sample'
} as const

/** p = 0.012, p < 0.001. */
const pPhrase = (p: number) => `p ${p < 0.001 ? '' : '= '}${pText(p)}`

/** Whether a difference is chance: over seeds, and of these policies alone. */
function chanceText({ p, workflowP }: FigureCell): string {
  const parts = [p === undefined ? '' : pPhrase(p), workflowP === undefined ? '' : `these policies ${pPhrase(workflowP)}`]
  const told = parts.filter((part) => part !== '').join('; ')
  return told && `, ${told}`
}

function figuresPart(comparison: ReportedComparison): SafeHtml {
  const { analysis, names } = comparison
  const { groups, figures, reference, improvement, bestOf, read } = analysis
  const heads = [...groups, ...bestOf.map(({ n }) => ({ seeds: n, repeats: [] }))]
  const notes = [readAtText(read), bestOfText(bestOf)].flatMap((note) => note ?? [])
  const least = analysis.leastP.flatMap((p) => p ?? [])
  const deltas = figures.find(({ key }) => key === 'gapMean')?.cells.map(({ cliffsDelta }) => cliffsDelta) ?? []
  const workflows = workflowsOf(comparison)
  const infinite = infiniteNote(figures)
  const weaker = gapNote(comparison)
  return html`<section><h2>${EVALUATION[samplingOf(analysis.evaluatedOn) ?? 'held-out']}</h2><div class="wide"><table>
<thead><tr><th>Figure</th>${names.map((name, g) => html`<th>${name}<span class="under">n ${heads[g].seeds}${heads[g].repeats.length > 0 ? `, ${heads[g].repeats.length} repeated` : ''}${g === reference && groups.length > 1 ? ', reference' : ''}</span></th>`)}</tr></thead>
<tbody>${figures.map(
    ({ key, cells, best }) =>
      html`<tr><th>${figureHead(key)}</th>${cells.map(
        (cell, g) =>
          html`<td${trusted(best.includes(g) ? ' class="best"' : '')}>${meanText(key, cell.mean)} ${halfText(key, cell)}${
            cell.difference === undefined ? '' : html`<span class="under">${differenceText(key, cell.difference)}${chanceText(cell)}</span>`
          }</td>`
      )}</tr>`
  )}
${
  improvement.some((chance) => chance !== undefined)
    ? html`<tr><th>Probability of improvement, %</th>${improvement.map((chance) => html`<td>${chance === undefined ? '–' : fixed(chance * 100, 1)}</td>`)}</tr>`
    : ''
}${
  deltas.some((delta) => delta !== undefined)
    ? html`<tr><th>Cliff’s δ of the gap, over seeds</th>${deltas.map((delta) => html`<td>${fixed(delta, 2)}</td>`)}</tr>`
    : ''
}</tbody>
<caption>Means over n seeds ± half of the 95 % interval (Student’s t over seeds, each a trained policy judged on all workflows)${workflows && `; ${workflows}`}. Best in bold.${
    groups.length > 1
      ? ` Under each: difference from ${names[reference]} and its p-value over seeds (Student’s t over pairs where both have the same seeds, else Welch’s t); “these policies”: Wilcoxon signed-rank over workflows, which says nothing about policies trained from other seeds. All p-values are Holm-corrected over every test of the table.${least.length > 0 ? ` With so few seeds an exact permutation test could not go below ${pText(Math.max(...least))}.` : ''} Probability of improvement: that a run of the group places a workflow better than one of the reference, ties half, averaged over workflows. Cliff’s δ: of the gap, over pairs of seeds, above 0 where the group is better.${analysis.isOneWorld ? '' : ' The groups belong to different worlds or objectives, so no differences are computed.'}`
      : ''
  } A figure without a value was not reached by every seed.${notes.map((note) => ` ${note}`)}${[infinite, weaker].map((each) => (each ? ` ${each}` : '')).join('')}</caption></table></div></section>`
}

/** What is shown of the end of training says so where figures are read before it. */
const atEnd = ({ read }: ComparisonAnalysis) => (read.basis === 'trained' ? '' : ', at the end of training')

function delayPart(comparison: ReportedComparison): SafeHtml {
  const { analysis, names, looks, rows } = comparison
  const points = analysis.groups.flatMap(({ runs }, g) => {
    const done = runs.flatMap((id) => rows.get(id)?.evaluation ?? [])
    if (done.length === 0) return []
    return [
      {
        name: names[g],
        look: looks[g],
        delaySeconds: mean(done.map(({ meanDelaySeconds }) => meanDelaySeconds)),
        energyJoules: mean(done.map(({ meanEnergyJoules }) => meanEnergyJoules))
      }
    ]
  })
  const front =
    analysis.front.length > 0 ? ' Dashed: the exact optimum as the weight of energy δ grows, the front that no placement can pass.' : ''
  return html`<figure role="img" aria-label="Delay against energy">${inline(drawSvg(delayEnergyOption(points, analysis.front, STYLE), SIZE))}
<figcaption>Delay and energy, mean per workflow${atEnd(analysis)}; ${workflowsOf(comparison)}.${front}</figcaption></figure>`
}

function profilePart({ analysis, names, looks }: ReportedComparison): SafeHtml {
  const groups = names.map((name, g) => ({ name, look: looks[g] }))
  return html`<figure role="img" aria-label="Performance profile">${inline(drawSvg(profileOption(groups, analysis.profile, STYLE), SIZE))}
<figcaption>Performance profile: share of workflows × seeds whose gap is at most x${atEnd(analysis)}; higher is better. ${groups.map(({ name, look }) => html`<span class="named">${swatch(look.color, look.dash)} ${name}</span> `)}</figcaption></figure>`
}

function swatch(token: string, dash: readonly number[]): SafeHtml {
  return html`<svg width="28" height="8" viewBox="0 0 28 8" aria-hidden="true" style="display:inline"><line x1="0" y1="4" x2="28" y2="4" stroke="${paperColor(token)}" stroke-width="2" stroke-dasharray="${dash.join(' ')}"/></svg>`
}

function sharesPart({ analysis, names, rows }: ReportedComparison): SafeHtml {
  const lines = analysis.groups.flatMap(({ runs }, g) => {
    const done = runs.flatMap((id) => rows.get(id)?.evaluation ?? [])
    if (done.length === 0) return []
    return [{ name: names[g], share: Object.fromEntries(TIERS.map((tier) => [tier, mean(done.map((each) => each.share[tier]))])) }]
  })
  const evaluation = rows.get(analysis.groups[0]?.runs[0] ?? '')?.evaluation
  const kind = evaluation && referenceKindOf(evaluation)
  const optimum = kind === 'bound' ? undefined : evaluation?.optimum.share
  const several = new Set(analysis.groups.map(({ scenarioId }) => scenarioId)).size > 1
  const isThere = analysis.groups.some(({ algorithm }) => algorithm === 'optimum')
  const all = [
    ...(optimum && !several && !isThere ? [{ name: REFERENCE_NAMES[kind ?? 'optimum'], share: optimum as Record<string, number> }] : []),
    ...lines
  ]
  return html`<h3>Share of tasks by tier${atEnd(analysis)}</h3><div class="wide"><table><thead><tr><th>Algorithm</th><th class="text"></th>${TIERS.map((tier) => html`<th>${tier}, %</th>`)}</tr></thead>
<tbody>${all.map(({ name, share: of }) => {
    let from = 0
    const bars = TIERS.map((tier) => {
      const bar = html`<rect class="${tier}" x="${from * 240}" width="${of[tier] * 240}" height="10"/>`
      from += of[tier]
      return bar
    })
    return html`<tr><th>${name}</th><td class="text"><svg width="240" height="10" aria-hidden="true">${bars}</svg></td>${TIERS.map((tier) => html`<td>${share(of[tier])}</td>`)}</tr>`
  })}</tbody></table></div>`
}

/** Queues of a group that are told in a report. */
const MOST_QUEUES = 12

function queuesPart(name: string, { batches, gap, queues }: NonNullable<DrawnComparison['losses'][number]['queues']>): SafeHtml {
  return html`<div><h3>${name}: ${fixed(gap * 100, 3)} % above the reference</h3>
<div class="wide"><table><thead><tr><th>Queues, mean of ${count(batches, 'batch', 'batches')}</th><th>busy, %</th><th>reference, %</th><th>waited, s</th><th>reference, s</th></tr></thead>
<tbody>${queues
    .slice(0, MOST_QUEUES)
    .map(
      ({ from, to, share: busy, referenceShare, waitedSeconds, referenceSeconds }) =>
        html`<tr><th>${from === undefined ? to : `${from} to ${to}`}</th><td>${share(busy)}</td><td>${share(referenceShare)}</td><td>${amount(waitedSeconds)}</td><td>${amount(referenceSeconds)}</td></tr>`
    )}</tbody></table></div></div>`
}

function lossesPart({ analysis, losses, names, looks }: DrawnComparison): SafeHtml {
  const parts = losses.map(({ losses: found, queues, missing }, g) => {
    // The optimum loses nothing anywhere.
    if (analysis.groups[g]?.algorithm === 'optimum') return html``
    if (queues) return queuesPart(names[g], queues)
    if (!found) return html`<div><h3>${names[g]}</h3><p class="quiet">${missing}</p></div>`
    const height = 60 + 22 * found.tasks.length
    return html`<div><h3>${names[g]}: ${fixed(found.gap * 100, 3)} % above Q*</h3>
<figure role="img" aria-label="Excess cost by task">${inline(drawSvg(lossOption({ name: names[g], look: looks[g] }, found.tasks, STYLE), { width: SIZE.width, height }))}
<figcaption>Excess over the optimum by position of the task, % of Q*: computing filled, transfer into the task outlined; left of zero the policy spends less there than the optimum.</figcaption></figure>
<div class="wide"><table><thead><tr><th>Hops, mean per workflow</th><th>number</th><th>optimum</th><th>time, s</th><th>optimum, s</th><th>excess, % of Q*</th></tr></thead>
<tbody>${found.hops.map(
      (hop) =>
        html`<tr><th>${hop.from} to ${hop.to}</th><td>${fixed(hop.hops, 2)}</td><td>${fixed(hop.optimumHops, 2)}</td><td>${amount(hop.seconds)}</td><td>${amount(hop.optimumSeconds)}</td><td>${signedPercent(hop.excess).replace(' %', '')}</td></tr>`
    )}</tbody></table></div></div>`
  })
  return html`<section><h2>Where cost exceeds the optimum${atEnd(analysis)}</h2><div class="pair">${parts}</div></section>`
}

function configurationPart({ analysis, names }: ReportedComparison): SafeHtml {
  const { groups } = analysis
  const keys = [...new Set(groups.flatMap(({ parameters }) => Object.keys(parameters)))]
  const everyone = groups.map(() => true)
  // Algorithms without any parameter differ in none.
  const isSet = groups.map(({ parameters }) => Object.keys(parameters).length > 0)
  const lines = keys.map((key) => {
    const parameter = groups.flatMap(({ algorithm }) => parameterOfAlgorithm(algorithm, key) ?? [])[0]
    return {
      path: parameter ? [parameter.label, parameter.symbol].filter(Boolean).join(' ') + (parameter.unit ? `, ${parameter.unit}` : '') : key,
      values: groups.map(({ parameters }) => (key in parameters ? valueText(parameters[key], parameter) : undefined))
    }
  })
  const differs = (values: readonly (string | undefined)[], among: readonly boolean[]) => {
    const told = values.filter((_, g) => among[g])
    return told.some((value) => value !== told[0])
  }
  const table = (title: string, all: readonly { path: string; values: readonly (string | undefined)[] }[], among = everyone) => {
    const shown = groups.length > 1 ? all.filter(({ values }) => differs(values, among)) : all
    const equal = all.length - shown.length
    if (all.length === 0) return html``
    return html`<h3>${title}</h3>${
      shown.length === 0
        ? html`<p class="quiet">Nothing differs (${count(equal, 'value is', 'values are')} equal in all).</p>`
        : html`<div class="wide"><table><thead><tr><th></th>${groups.map((_, g) => html`<th class="text">${names[g]}</th>`)}</tr></thead><tbody>${shown.map(
            ({ path, values }) => html`<tr><th>${path}</th>${values.map((value) => html`<td class="text">${value ?? '–'}</td>`)}</tr>`
          )}</tbody><caption>${count(equal, 'further value is', 'further values are')} equal in all.</caption></table></div>`
    }`
  }
  const ofGroups = (all: ComparisonAnalysis['topology']) =>
    all.map(({ path, values }) => ({ path, values: analysis.documents.map((at) => values[at]) }))
  return html`<section><h2>What differs</h2>${table('Parameters', lines, isSet)}${table('Topology', ofGroups(analysis.topology))}${table('Workload', ofGroups(analysis.workload))}${table('Objective and evaluation', ofGroups(analysis.objective))}</section>`
}

function runsPart({ analysis, names, rows }: ReportedComparison): SafeHtml {
  return html`<section><h2>Runs</h2><div class="wide"><table><thead><tr><th>Run</th><th class="text">Algorithm</th><th>Seed</th><th class="text">State</th><th>Steps</th><th>Gap mean, %</th><th>Training, s</th></tr></thead>
<tbody>${analysis.groups.flatMap(({ runs }, g) =>
    runs.flatMap((id) => {
      const row = rows.get(id)
      if (!row) return []
      return [
        html`<tr><td class="mono">${id}</td><td class="text">${names[g]}</td><td>${row.seed}</td><td class="text">${row.status}${row.approximate === undefined ? '' : ', approximate'}</td><td>${hasCurves(row) ? stepCount(stepUnitOf(row), row.learnSteps) : '–'}</td><td>${meanText('gapMean', row.evaluation?.gapMean)}</td><td>${fixed(row.seconds, 1)}</td></tr>`
      ]
    })
  )}</tbody></table></div></section>`
}
