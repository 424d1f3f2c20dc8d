import { agentIdOf } from '@shared/algorithms/agents'
import type { AlgorithmCard } from '@shared/algorithms/card'
import type { AlgorithmLook, Marker } from '@shared/algorithms/looks'
import type { ParameterTable } from '@shared/algorithms/parameters'
import { SEARCH_METRICS } from '@shared/run/metrics'
import { sharedParameters } from '../algorithms/parameters'
import type { Hello } from './hello'

/** Lines of programs, in the order they were registered: one colour, told apart by dash and marker. */
const DASHES: readonly (readonly number[])[] = [[], [8, 2], [2, 2], [12, 3], [5, 2, 1, 2]]
const MARKERS: readonly Marker[] = ['hexagon', 'cross', 'square', 'bar', 'triangle-down', 'arrow', 'diamond']

function lookAt(position: number): AlgorithmLook {
  return { light: '#0d7377', dark: '#159a94', dash: DASHES[position % DASHES.length], marker: MARKERS[position % MARKERS.length] }
}

/** The parameters of a program's runs: the lab's own of a run that trains, then those it declares. */
export function programParameters({ learnSteps, parameters }: Pick<Hello, 'learnSteps' | 'parameters'>): ParameterTable {
  if (learnSteps === undefined) return parameters
  return [...sharedParameters(['learnSteps'], { learnSteps }), ...parameters, ...sharedParameters(['evaluateEvery', 'checkpointEvery'])]
}

/** A program as an algorithm; `position`: among those registered. */
export function programCard(name: string, hello: Hello, position: number, isExact: boolean | undefined): AlgorithmCard {
  const { title = name, summary, made, learnSteps, metrics, isDeterministic } = hello
  const claim = isExact ? 'A run that is resumed goes on to the same bits.' : 'Resumed runs are not known to go on to the same bits.'
  return {
    id: agentIdOf(name),
    title,
    kind: learnSteps === undefined ? 'heuristic' : 'learned',
    look: lookAt(position),
    summary: summary ?? 'A program registered on this machine.',
    reading: [
      `A program registered on this machine as "${name}"${made === undefined ? '' : `, made with ${made}`}: the lab judges its placements and knows nothing else of it.`,
      ...(learnSteps === undefined ? [] : [claim])
    ].join(' '),
    parameters: programParameters(hello),
    ...(learnSteps !== undefined && { metrics: [...metrics, ...SEARCH_METRICS, 'speed'] }),
    ...(isDeterministic && { isDeterministic }),
    program: name
  }
}
