import { expect } from 'vitest'
import type { Store } from '../../../src/main/store'
import { openStore } from '../../../src/main/store'
import { sampleEvaluation, sampleSpec } from './samples'

/** What is in a data folder that `fillStore` has filled. */
export interface Filled {
  home: string
  id: string
  document: string
}

const LOOK = { order: 'gap' } as never

/** Makes a closed data folder with a row in every table that is sealed, and a run that has everything a run can have. */
export function fillStore(home: string): Filled {
  const store = openStore(home)
  const document = store.library.insert({ kind: 'topology', name: 'office', content: { a: 1 }, facts: { nodes: 1 }, faults: 0 }, 1).id
  store.library.rename(document, 'hall', 2)
  const sources = [{ kind: 'topology', document, version: 1 }] as const
  const [id] = store.addExperiment(
    { name: 'filled', note: 'n', document: { b: 2 } },
    [{ spec: sampleSpec(), totalLearnSteps: 100, sources }],
    1
  ).runs
  store.attempts.put(id, { attempt: 1, fromStep: 0, machine: { app: '1' } as never })
  store.log.add(id, { at: 1, level: 'info', text: 'a line' })
  store.curves.append(id, { metric: 'loss', steps: Float64Array.of(1, 2), values: Float64Array.of(1, 2) })
  store.marks.update(id, { tags: ['paper'], note: 'a note' })
  store.origins.put(id, { firstId: '0a0a0a0a', bundle: 'b.dmro', importedAt: 1 })
  store.setEvaluation(id, sampleEvaluation())
  store.policies.put(id, new Uint8Array(3000).fill(3))
  store.views.save('mine', { filter: 'x' } as never, 1)
  store.views.keepLast({ filter: 'y' } as never)
  store.comparisons.save({ name: 'compared', note: 'c', runs: [id], look: LOOK }, 1)
  store.keptPolicies.name({ name: 'kept', note: 'p' }, Uint8Array.of(1, 2, 3), 1)
  store.drafts.put({ id: 'dddddddd', kind: 'workload', name: 'edited', content: { c: 3 } }, 1)
  store.typed.put({ field: `note/${id}`, content: 'typed' }, 1)
  store.runs.update(id, { status: 'completed', endedAt: 2 })
  const [elsewhere] = store.addExperiment({ name: 'elsewhere' }, [{ spec: sampleSpec(2), totalLearnSteps: 1 }], 1).runs
  store.runs.update(elsewhere, { status: 'completed', endedAt: 2 })
  store.foreign.put(elsewhere, { source: 'tensorboard', key: 'k', name: 'ppo', place: 'logs', digest: 'd'.repeat(64), importedAt: 1 })
  store.close()
  return { home, id, document }
}

/** Everything a page can see. */
export function everything(store: Store, { id, document }: Filled): Record<string, unknown> {
  const tried = (read: () => unknown): unknown => {
    try {
      return read()
    } catch (error) {
      return String(error)
    }
  }
  return {
    rows: tried(() => store.runs.list()),
    detail: tried(() => store.detail(id)),
    experiment: tried(() => store.experiments.get(1)),
    origin: tried(() => store.origins.get(id)),
    marks: tried(() => store.marks.get(id)),
    sources: tried(() => store.sources.of(id)),
    views: tried(() => store.views.list()),
    last: tried(() => store.views.last()),
    comparisons: tried(() => store.comparisons.list()),
    policies: tried(() => store.keptPolicies.list()),
    library: tried(() => store.library.list()),
    versions: tried(() => store.library.versions(document)),
    content: tried(() => store.library.read(document)),
    former: tried(() => store.library.meant('office', 'topology')),
    drafts: tried(() => store.drafts.list()),
    draft: tried(() => store.drafts.get('dddddddd')),
    typed: tried(() => store.typed.list()),
    lineage: tried(() => store.lineages.ofRun(id)),
    curve: tried(() => [...store.curves.read(id, 'loss').values]),
    evaluation: tried(() => store.evaluation(id)),
    policy: tried(() => store.policies.get(id))
  }
}

/** Holds what is shown of a damaged lab to what was right, to saying that it is damaged, or to leaving it out. */
export function expectRightOrSaid(shown: Record<string, unknown>, right: Record<string, unknown>): void {
  for (const [what, value] of Object.entries(shown)) {
    if (JSON.stringify(value) === JSON.stringify(right[what])) continue
    const isSaid = /damaged|no document|There is no|isGone/.test(JSON.stringify(value) ?? '')
    const isGone = value === undefined || (Array.isArray(value) && value.length < (right[what] as unknown[]).length)
    const isLess = typeof value === 'object' && JSON.stringify(value).length < JSON.stringify(right[what]).length
    expect(isSaid || isGone || isLess, `${what}: ${JSON.stringify(value)}, not ${JSON.stringify(right[what])}`).toBe(true)
  }
}
