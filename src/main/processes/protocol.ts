import type { AdaptBatch, DetectionSummary, PlaygroundDecision, PlaygroundLearner } from '@shared/contract/playground'
import type { ChangedGraphs, GraphLimits, GraphPlay } from '@shared/contract/playground-graphs'
import type { ChangedCoefficients } from '@shared/contract/playground-world'
import type { Machine } from '@shared/contract/records'
import type { AlgorithmCard } from '@shared/algorithms/card'
import type { Evaluation } from '@shared/run/evaluation'
import type { RunSpec } from '@shared/run/spec'
import type { CurvePoints } from '@shared/run/metrics'
import type { StartedProgram } from '../agents/started'
import type { Job, Outcome } from '../computing/jobs'

/** A worker process as the supervisor holds it: forked in Node, a utility process in Electron. */
export interface WorkerHandle {
  pid: number | undefined
  post(message: ToWorker): void
  onMessage(listener: (message: FromWorker) => void): void
  /**
   * About once a second as long as the process lives, whatever its own thread does: how far its work has come, as a number that
   * changes while it gets on (see heartbeat.ts).
   */
  onBeat?(listener: (count: number) => void): void
  onExit(listener: (code: number | null, signal: string | null) => void): void
  kill(): void
  /** The end of what it wrote to stderr, for the message of a run that failed with it. */
  lastWords?(): string
}

export type SpawnWorker = () => WorkerHandle

/** Unacknowledged batches a worker may have under way before it waits. */
export const MAX_UNACKNOWLEDGED = 4

/** A run as a worker gets it. */
export interface RunStart {
  run: string
  attempt: number
  spec: RunSpec
  checkpoint?: Uint8Array
  /** Where that checkpoint was made, at which learn step, and whether it may go on elsewhere. */
  before?: { machine: Machine; learnSteps: number; mayApproximate: boolean }
  /** What its networks start from where it has no checkpoint yet. */
  initialPolicy?: Uint8Array
  /** The program that it is, where its algorithm is one of the user's own. */
  program?: StartedProgram
}

export type ToWorker =
  /** Say what you compute with. */
  | { type: 'describe' }
  /** Train these side by side: runs of one stack key (see stacking.ts), or place one. All else is said of each run by itself. */
  | { type: 'start'; runs: RunStart[] }
  /** Checkpoint, then end with outcome "paused". */
  | { type: 'pause'; run: string }
  /** End at the next learn step, or at the next progress of a placing, with outcome "cancelled". */
  | { type: 'cancel'; run: string }
  | { type: 'acknowledge'; run: string; attempt: number; sequence: number }
  /** To a worker that computes; answered with "computed". `names`: what documents name, by kind and name; `programs`: those of this machine. */
  | { type: 'compute'; id: number; job: Job; names: ReadonlyMap<string, unknown>; programs: readonly AlgorithmCard[] }
  /** To a worker that a playground has for itself; answered under the same id. */
  | { type: 'play'; id: number; ask: PlaygroundAsk }

/** What a playground asks of its worker. `open` comes first and once. */
export type PlaygroundAsk =
  | { what: 'open'; spec: RunSpec; policy: Uint8Array }
  | { what: 'decide'; changes: ChangedCoefficients; sample?: string; learner?: PlaygroundLearner }
  /** Answered with "playing" until it ends, "stopped" where something else is asked for meanwhile that goes on as long. */
  | { what: 'play'; changes: ChangedGraphs; sample?: string }
  | { what: 'observe'; changes: ChangedCoefficients; noise: number }
  /** Answered with "adapting" until it ends or the next "stop". */
  | { what: 'adapt'; changes: ChangedCoefficients; psi?: Uint8Array; seeds: readonly number[] }
  /** Ends what goes on; where it says of which question, that one alone. */
  | { what: 'stop'; of?: number }

/** What is known of a policy once it stands ready. */
export type PlaygroundReady = { kind: 'chains'; adaptedBy: string; decision: PlaygroundDecision } | { kind: 'graphs'; limits: GraphLimits }

/** What a playground's worker answers. */
export type PlaygroundAnswer =
  | ({ what: 'opened' } & PlaygroundReady)
  | { what: 'decided'; decision: PlaygroundDecision }
  | { what: 'playing'; play: GraphPlay }
  | { what: 'observed'; detection: DetectionSummary }
  | { what: 'adapting'; batch: AdaptBatch }
  | { what: 'stopped' }
  /** `misfit`: the policy, or ψ, was made for another shape. `invalid`: what was changed is not there. */
  | { what: 'refused'; why: 'misfit' | 'invalid' | 'fault'; message: string }

/** What a run has come to since the last batch. Sent about once a second while its learn steps are shorter than that. */
export interface RunBatch {
  type: 'batch'
  run: string
  attempt: number
  /** 0, 1, 2 … within the attempt. */
  sequence: number
  /** Steps made, in the run's own unit (shared/run/steps.ts). */
  learnSteps: number
  /**
   * Seconds trained so far, earlier attempts included. Of seconds in which several runs trained side by side each counts its equal
   * share, so that the sum over runs is what their workers spent.
   */
  seconds: number
  points: CurvePoints[]
  /** Opaque to all but the learner or the placing. With `learnSteps` and all points up to it, it is the run's exact state. */
  checkpoint?: Uint8Array
}

export interface RunEnd {
  type: 'end'
  run: string
  attempt: number
  outcome: 'completed' | 'diverged' | 'paused' | 'cancelled'
  learnSteps: number
  seconds: number
  /** Of completed and, as far as it has numbers, diverged runs. */
  evaluation?: Evaluation
  /** The trained policy (card and weights); absent for algorithms without weights. */
  policy?: Uint8Array
  /** Why a run diverged, or what a pause costs it. */
  message?: string
}

export type FromWorker =
  | { type: 'ready' }
  | { type: 'described'; machine: Machine }
  | { type: 'played'; id: number; answer: PlaygroundAnswer }
  /** How often the count of its signs of life will have changed once the job is done, from now on. */
  | { type: 'computing'; id: number; counts: number; from: number }
  | { type: 'computed'; id: number; outcome: Outcome }
  | { type: 'machine'; run: string; attempt: number; machine: Machine; approximate?: string }
  | RunBatch
  | RunEnd
  /** For the run's log. */
  | { type: 'note'; run: string; attempt: number; text: string }
  /** A program of the user's runs under this process id, or no longer: it is killed with its worker. */
  | { type: 'program'; run: string; attempt: number; pid: number; isLiving: boolean }
  | { type: 'fail'; run: string; attempt: number; message: string }

/** What a worker says about a run it has in hand. */
export type RunMessage = Exclude<FromWorker, { type: 'ready' | 'described' | 'played' | 'computing' | 'computed' | 'program' }>
