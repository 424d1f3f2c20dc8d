import type { Fault } from '../experiment/experiment'
import { devicesOf, type Topology } from '../model/topology'
import { MOST_FAULTS, partsOf, recordsIn } from './read'

/** What execution "round-trip" needs of a topology: one place beside the device, and a link to it. `owners`: devices that own workflows. */
export function roundTripTopologyFaults(topology: Topology, owners: ReadonlySet<unknown>, path: string): Fault[] {
  const servers = topology.nodes.filter(({ tier }) => tier !== 'device').map(({ id }) => id)
  if (servers.length !== 1) {
    const message = `execution "round-trip" has one edge or cloud beside the device; here are ${servers.length}: ${servers.length === 0 ? 'add one' : 'keep one'}`
    return [{ path: `${path}.nodes`, message }]
  }
  const [server] = servers
  const joined = new Set(topology.links.flatMap(({ from, to }) => (from === server ? [to] : to === server ? [from] : [])))
  return devicesOf(topology).flatMap(({ id }) =>
    !owners.has(id) || joined.has(id)
      ? []
      : [{ path: `${path}.links`, message: `no link joins "${id}" and "${server}", so that no task of "${id}" can be offloaded; add one` }]
  )
}

/** What execution "round-trip" needs of a workload: what every task uploads and returns. Works on whatever is there. */
export function roundTripWorkloadFaults(workload: unknown, path: string): Fault[] {
  if ('generator' in partsOf(workload)) {
    const message = 'does not draw what tasks upload and return, which execution "round-trip" needs; list workflows instead'
    return [{ path: `${path}.generator`, message }]
  }
  const faults: Fault[] = []
  for (const { record: workflow, i } of recordsIn(workload, 'workflows')) {
    for (const { record: task, i: k } of recordsIn(workflow, 'tasks')) {
      for (const [key, what] of [
        ['uploadMegabytes', 'uploads'],
        ['resultMegabytes', 'returns']
      ]) {
        if (task[key] !== undefined) continue
        const message = `is missing; execution "round-trip" needs the 10⁶ bytes that the task ${what} where it is offloaded`
        faults.push({ path: `${path}.workflows[${i}].tasks[${k}].${key}`, message })
      }
      if (faults.length > MOST_FAULTS) return faults
    }
  }
  return faults
}
