import type { Experiment } from '@shared/experiment/experiment'
import type { Job, ResultOf } from '../computing/jobs'
import { resolverOf } from './documents'
import type { Lab } from './lab'

/** What comes of a job, wherever it is done. `title` says what it is about where people see it; `signal` ends it. */
export function computed<J extends Job>(lab: Lab, job: J, title: string, signal: AbortSignal | undefined): Promise<ResultOf<J>> {
  return lab.computations.do(job, { title, signal, resolve: resolverOf(lab.store) })
}

/** An experiment that can be run: its format, its algorithms and parameters, and that its workflows are chains. Rejects with BadDocumentError. */
export function experimentFrom(lab: Lab, document: unknown, signal: AbortSignal | undefined): Promise<Experiment> {
  return computed(lab, { what: 'experiment', document }, `Experiment ${titleOf(document)}`, signal)
}

/** What a document is called, as far as it says so. */
export function titleOf(document: unknown): string {
  const name = typeof document === 'object' && document !== null && 'name' in document ? document.name : undefined
  return typeof name === 'string' && name !== '' ? name.slice(0, 200) : 'without a name'
}
