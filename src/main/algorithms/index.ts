import type { AlgorithmCard } from '@shared/algorithms/card'
import type { Algorithm } from '../learn/learner'
import { annealing } from './annealing'
import { beam } from './beam'
import { cloudOnly } from './cloud-only'
import { dmro } from './dmro'
import { dmroPlus } from './dmro-plus'
import { doubleDqn } from './double-dqn'
import { dqn } from './dqn'
import { duelingDqn } from './dueling-dqn'
import { edgeOnly } from './edge-only'
import { eft } from './eft'
import { eftTail } from './eft-tail'
import { fomaml } from './fomaml'
import { greedy } from './greedy'
import { localOnly } from './local-only'
import { localSearch } from './local-search'
import { lookAhead } from './look-ahead'
import { meta } from './meta'
import { optimum } from './optimum'
import { pilot } from './pilot'
import { random } from './random'
import { reptile } from './reptile'

/** Every algorithm, in the order lists show them. Importing this loads no tensors. */
export const ALGORITHMS: readonly Algorithm[] = [
  dmroPlus,
  dmro,
  dqn,
  doubleDqn,
  duelingDqn,
  annealing,
  beam,
  pilot,
  localSearch,
  lookAhead,
  greedy,
  eftTail,
  eft,
  random,
  localOnly,
  edgeOnly,
  cloudOnly,
  optimum,
  meta,
  reptile,
  fomaml
]

/** Their cards; after them, those of programs that are registered with the lab that is open (agents/catalogue.ts). */
export const algorithmCards: AlgorithmCard[] = ALGORITHMS.map((algorithm) => algorithm.card)
