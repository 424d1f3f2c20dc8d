import { INPUT, OUTPUT, type Workflow } from '@shared/model/workflow'

/** A graph of `tasks` tasks in layers of `across`, each with data from two of the layer before it. */
export function layered(tasks: number, across = 100): Workflow {
  const id = (i: number) => `task-${i + 1}`
  const flows: Workflow['flows'] = []
  for (let i = 0; i < tasks; i++) {
    const layer = Math.floor(i / across)
    const first = (layer - 1) * across
    if (layer === 0) flows.push({ from: INPUT, to: id(i), megabytes: 10 })
    else
      for (const k of new Set([i % across, (i * 7 + 3) % across]))
        flows.push({ from: id(first + k), to: id(i), megabytes: 1 + ((i + k) % 9) })
    if (i >= tasks - across) flows.push({ from: id(i), to: OUTPUT, megabytes: 2 })
  }
  return {
    id: 'w1',
    device: 'device',
    tasks: Array.from({ length: tasks }, (_, i) => ({ id: id(i), megacycles: 1000 + (i % 977) * 13 })),
    flows
  }
}
