import { count, plain } from '@shared/format'
import type { Scenario } from '@shared/model/scenario'
import { TIERS, type Link, type Topology, type TopologyNode } from '@shared/model/topology'
import { isGenerated, type Range, type Workload } from '@shared/model/workload'
import { html, type SafeHtml } from './html'

/** More kinds of nodes or links than this are left out of a table, and counted. */
const MOST_ROWS = 60

/** What of the scenarios decides every number: speeds, rates, latencies and energies as a table each. */
export function scenariosPart(scenarios: readonly Pick<Scenario, 'name' | 'topology' | 'workload' | 'objective'>[]): SafeHtml {
  return html`<section><h2>${scenarios.length > 1 ? 'Scenarios' : 'Scenario'}</h2>${scenarios.map(
    ({ name, topology, workload, objective }) => html`<h3>${name}</h3>
<div class="pair">${nodesTable(topology)}${linksTable(topology)}</div>
<p>Workload ${workload.name}: ${workloadText(workload)}.</p>
<p>Objective: Q = T/T_ref + δ·E/E_ref with δ = ${plain(objective.energyWeight)}, α = ${plain(objective.edgeEnergyWeight)} (energy of edges), β = ${plain(objective.cloudEnergyWeight)} (energy of clouds); ${
      objective.scaling === 'local-only'
        ? 'T_ref and E_ref are the workload’s means under local-only placement'
        : 'T_ref = 1 s and E_ref = 1 J'
    }; the result ${objective.countReturn ? 'travels back to the device' : 'stays where the last task ran'}.</p>`
  )}</section>`
}

/** Things alike in `sameAs`, those that are together, in order. */
function alike<T>(things: readonly T[], sameAs: (thing: T) => string): T[][] {
  const found = new Map<string, T[]>()
  for (const thing of things) {
    const key = sameAs(thing)
    const kind = found.get(key)
    if (kind) kind.push(thing)
    else found.set(key, [thing])
  }
  return [...found.values()]
}

/** The first few names, and how many more there are. */
const named = (names: readonly string[]) =>
  names.length <= 3 ? names.join(', ') : `${names.slice(0, 2).join(', ')} and ${count(names.length - 2, 'other', 'others')}`

const more = (kinds: number, one: string, many: string) =>
  kinds > MOST_ROWS ? html`<p class="quiet">${count(kinds - MOST_ROWS, one, many)} not shown.</p>` : ''

function nodesTable({ nodes }: Topology): SafeHtml {
  const hasCores = nodes.some(({ cores = 1 }) => cores !== 1)
  const hasRadio = nodes.some(({ transmitWatts = 0, receiveWatts = 0 }) => transmitWatts > 0 || receiveWatts > 0)
  const numbers = ({ tier, computeMHz, energyPerMegacycle, cores = 1, transmitWatts = 0, receiveWatts = 0 }: TopologyNode) => [
    tier,
    plain(computeMHz),
    plain(energyPerMegacycle * 1000, 4),
    ...(hasCores ? [plain(cores)] : []),
    ...(hasRadio ? [plain(transmitWatts), plain(receiveWatts)] : [])
  ]
  const ordered = TIERS.flatMap((tier) => nodes.filter((node) => node.tier === tier))
  const kinds = alike(ordered, (node) => numbers(node).join())
  return html`<div class="wide"><table><thead><tr><th>Node</th><th class="text">Tier</th><th>Speed, MHz</th><th>Energy, mJ/Mc</th>${hasCores ? html`<th>Cores</th>` : ''}${
    hasRadio ? html`<th>Sends, W</th><th>Receives, W</th>` : ''
  }</tr></thead><tbody>${kinds.slice(0, MOST_ROWS).map((kind) => {
    const [tier, ...rest] = numbers(kind[0])
    return html`<tr><th>${named(kind.map(({ id }) => id))}</th><td class="text">${tier}</td>${rest.map((value) => html`<td>${value}</td>`)}</tr>`
  })}</tbody></table>${more(kinds.length, 'further kind of node is', 'further kinds of nodes are')}</div>`
}

function linksTable({ links }: Topology): SafeHtml {
  const hasBack = links.some(({ bandwidthMBps, backBandwidthMBps = bandwidthMBps }) => backBandwidthMBps !== bandwidthMBps)
  const numbers = ({ bandwidthMBps, backBandwidthMBps = bandwidthMBps, latencyMs }: Link) => [
    plain(bandwidthMBps),
    ...(hasBack ? [plain(backBandwidthMBps)] : []),
    plain(latencyMs)
  ]
  const kinds = alike(links, (link) => numbers(link).join())
  return html`<div class="wide"><table><thead><tr><th>Link</th><th>Rate, MB/s</th>${hasBack ? html`<th>Back, MB/s</th>` : ''}<th>Latency, ms</th></tr></thead><tbody>${kinds
    .slice(0, MOST_ROWS)
    .map(
      (kind) =>
        html`<tr><th>${named(kind.map(({ from, to }) => `${from} – ${to}`))}</th>${numbers(kind[0]).map((value) => html`<td>${value}</td>`)}</tr>`
    )}</tbody></table>${more(kinds.length, 'further kind of link is', 'further kinds of links are')}</div>`
}

const range = ([low, high]: Range) => (low === high ? plain(low) : `${plain(low)} to ${plain(high)}`)

function workloadText(workload: Workload): string {
  if (!isGenerated(workload)) {
    const tasks = workload.workflows.map((workflow) => workflow.tasks.length)
    return `${count(tasks.length, 'workflow', 'workflows')}, N = ${range([Math.min(...tasks), Math.max(...tasks)])}`
  }
  const { users, workflowsPerUser, tasks, firstMegabytes, laterMegabytes, megacycles, graph, together = 1, gapSeconds } = workload.generator
  return [
    `${count(users, 'user', 'users')} of ${count(workflowsPerUser, 'workflow', 'workflows')}, N = ${plain(tasks)}, ${graph ? 'layered graphs' : 'chains'}`,
    `${range(megacycles)} megacycles a task`,
    `${range(firstMegabytes)} MB of the first flow and ${range(laterMegabytes)} MB of every later one, drawn uniformly (seed ${plain(workload.seed)})`,
    ...(together > 1
      ? [
          `${count(together, 'workflow is', 'workflows are')} released together${gapSeconds ? `, ${plain(gapSeconds)} s apart on average` : ''}`
        ]
      : [])
  ].join('; ')
}
