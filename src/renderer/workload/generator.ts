import { WORKLOAD, WORKLOAD_2 } from '@shared/formats'
import { drawBatches } from '@shared/model/batch/draw'
import { randomStream } from '@shared/model/random'
import type { Topology } from '@shared/model/topology'
import type { Workflow } from '@shared/model/workflow'
import type { GeneratedWorkload, GeneratorParameters, GraphShape } from '@shared/model/workload'
import type { Work } from './work'

/** What graphs begin with: the presets' shape. */
export const FIRST_SHAPE: GraphShape = { fat: [0.5, 0.7], density: [0.4, 0.8], flows: 'split' }

/** Seconds between releases that a stream begins with. */
export const FIRST_GAP_SECONDS = 10

/** The work with this generator, in the version of the format that holds what it has; what says no more than its absence would is left out. */
export function withGenerator(work: Work, { graph, together, gapSeconds, ...rest }: GeneratorParameters): Work {
  const generator: GeneratorParameters = {
    ...rest,
    ...(graph && { graph }),
    ...(together !== undefined && together !== 1 && { together }),
    ...(gapSeconds !== undefined && { gapSeconds })
  }
  const isSecond = generator.graph !== undefined || generator.together !== undefined || generator.gapSeconds !== undefined
  return { ...work, format: isSecond ? WORKLOAD_2 : WORKLOAD, generator }
}

const SAMPLE = { workflows: 200, tasks: 20_000 } as const

/** The workload's own workflows and, of graphs, further ones of its generator beside them, so that their shapes can be counted. */
export function sampleOf({ generator, seed }: GeneratedWorkload, topology: Topology, own: readonly Workflow[]): Workflow[] {
  const wanted = Math.min(SAMPLE.workflows, Math.floor(SAMPLE.tasks / generator.tasks))
  if (!generator.graph || own.length >= wanted) return [...own]
  return [...own, ...drawBatches(generator, topology, wanted - own.length, 's', randomStream(seed, 'preview')).flat()]
}
