import type { RunRow } from '@shared/contract/records'
import { bytes } from '@shared/format'
import type { RunExport } from '@shared/run/exports'
import { text } from '../ui/text'
import { useConnection } from './connection'
import { reasonOf } from './faults'
import { saveBlob } from './save'
import { say } from './toasts'
import { endTransfer, fetchFile } from './transfer'

/** What of the library may go along with runs. */
export const BUNDLE_PARTS = ['comparisons', 'policies', 'topologies', 'workloads', 'experiments'] as const
export type BundlePart = (typeof BUNDLE_PARTS)[number]

/** Bundles runs, and what was chosen of the library, into one file and hands it out. Resolves to whether that worked. */
export function useBundles() {
  const { client } = useConnection()

  async function bundle(runs: readonly RunRow[], parts: ReadonlySet<BundlePart> = new Set()): Promise<boolean> {
    try {
      const ids = runs.map((row) => row.id)
      const kinds = { topologies: 'topology', workloads: 'workload', experiments: 'experiment' } as const
      const lists = await Promise.all(
        Object.entries(kinds).map(async ([part, kind]) => (parts.has(part as BundlePart) ? client.library.list({ kind }) : []))
      )
      const chosen = new Set(ids)
      const comparisons = parts.has('comparisons')
        ? (await client.comparisons.list({})).filter((each) => each.runs.some((id) => chosen.has(id)))
        : []
      const policies = parts.has('policies') ? (await client.policies.list({})).filter(({ origin }) => origin === 'kept') : []
      const made = await client.bundles.export({
        runs: ids,
        documents: lists.flat().map(({ id }) => id),
        comparisons: comparisons.map(({ id }) => id),
        policies: policies.map(({ name }) => name)
      })
      try {
        saveBlob(await fetchFile(client, made.transfer, made.bytes), made.name)
      } finally {
        void endTransfer(client, made.transfer)
      }
      say(text.bundles.exported(made.runs, bytes(made.bytes)))
      return true
    } catch (error) {
      say(text.actions.failed(text.bundles.failed, reasonOf(error)), { kind: 'error' })
      return false
    }
  }

  /** Hands runs out in a form of another tool. Resolves to whether that worked. */
  async function exportAs(runs: readonly RunRow[], form: RunExport): Promise<boolean> {
    try {
      const made = await client.runs.exportAs({ ids: runs.map((row) => row.id), form })
      try {
        saveBlob(await fetchFile(client, made.transfer, made.bytes), made.name)
      } finally {
        void endTransfer(client, made.transfer)
      }
      say(text.bundles.handedOut(made.name, bytes(made.bytes)))
      return true
    } catch (error) {
      say(text.actions.failed(text.bundles.forms[form], reasonOf(error)), { kind: 'error' })
      return false
    }
  }

  return { bundle, exportAs }
}
