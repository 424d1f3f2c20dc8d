import { count } from '../format'
import { isGenerated, type Workload } from '../model/workload'

/** Which workflows a run is evaluated on. */
export interface EvaluatedOn {
  workflows: number
  /** True where no workflow was kept apart from training. */
  inSample: boolean
}

/** What several runs are evaluated on, taken together. */
export type Sampling = 'held-out' | 'in sample' | 'mixed'

/** Workflows of an explicit workload that are kept for the evaluation; 0: none, and the evaluation is in sample. */
export function keptApart(workflows: number, split: number): number {
  return split > 0 && workflows > 1 ? Math.min(workflows - 1, Math.max(1, Math.round(split * workflows))) : 0
}

/** Known of every run before it has been evaluated. */
export function evaluatedOn(workload: Workload, heldOut: number, split: number): EvaluatedOn {
  if (isGenerated(workload)) return { workflows: heldOut, inSample: false }
  const all = workload.workflows.length
  const kept = keptApart(all, split)
  return kept > 0 ? { workflows: kept, inSample: false } : { workflows: all, inSample: true }
}

/** Undefined where there is nothing. */
export function samplingOf(all: readonly Pick<EvaluatedOn, 'inSample'>[]): Sampling | undefined {
  if (all.length === 0) return undefined
  if (all.every(({ inSample }) => inSample)) return 'in sample'
  return all.some(({ inSample }) => inSample) ? 'mixed' : 'held-out'
}

/** `50 held-out workflows`, `1 workflow, in sample`. */
export function evaluatedText({ workflows, inSample }: EvaluatedOn): string {
  return inSample ? `${count(workflows, 'workflow', 'workflows')}, in sample` : count(workflows, 'held-out workflow', 'held-out workflows')
}

/** What groups are evaluated on, each said once; where they differ with the names of those it is true of. Empty for none. */
export function evaluatedTexts(groups: readonly { name: string; on: EvaluatedOn }[]): string {
  const said = new Map<string, string[]>()
  for (const { name, on } of groups) {
    const text = evaluatedText(on)
    said.set(text, [...(said.get(text) ?? []), name])
  }
  return said.size < 2 ? [...said.keys()].join('') : [...said].map(([text, names]) => `${text} (${names.join(', ')})`).join('; ')
}
