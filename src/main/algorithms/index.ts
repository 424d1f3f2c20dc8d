import type { AlgorithmCard } from '@shared/algorithms/card'
import type { Algorithm } from '../learn/learner'
import { actorCritic } from './actor-critic'
import { annealing } from './annealing'
import { beam } from './beam'
import { cloudOnly } from './cloud-only'
import { cpop } from './cpop'
import { ddlo } from './ddlo'
import { ddto } from './ddto'
import { dmro } from './dmro'
import { dmroPlus } from './dmro-plus'
import { doubleDqn } from './double-dqn'
import { dqn } from './dqn'
import { droo } from './droo'
import { duelingDqn } from './dueling-dqn'
import { edgeOnly } from './edge-only'
import { eft } from './eft'
import { eftTail } from './eft-tail'
import { fomaml } from './fomaml'
import { genetic } from './genetic'
import { greedy } from './greedy'
import { heft } from './heft'
import { imitation } from './imitation'
import { localOnly } from './local-only'
import { localSearch } from './local-search'
import { lookAhead } from './look-ahead'
import { maxMin } from './max-min'
import { memetic } from './memetic'
import { meta } from './meta'
import { minMin } from './min-min'
import { optimum } from './optimum'
import { particleSwarm } from './particle-swarm'
import { peft } from './peft'
import { pilot } from './pilot'
import { ppo } from './ppo'
import { random } from './random'
import { reptile } from './reptile'
import { sufferage } from './sufferage'

/** Every algorithm, in the order lists show them. Importing this loads no tensors. */
export const ALGORITHMS: readonly Algorithm[] = [
  dmroPlus,
  dmro,
  dqn,
  doubleDqn,
  duelingDqn,
  ddlo,
  ddto,
  droo,
  imitation,
  actorCritic,
  ppo,
  memetic,
  genetic,
  particleSwarm,
  annealing,
  beam,
  pilot,
  localSearch,
  lookAhead,
  greedy,
  eftTail,
  peft,
  heft,
  cpop,
  sufferage,
  minMin,
  maxMin,
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
