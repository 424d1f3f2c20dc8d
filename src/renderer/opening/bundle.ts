import { isDefinedError, safe } from '@orpc/client'
import type { BundleLook } from '@shared/contract/bundles'
import type { GivenFile } from '../services/files'
import { reasonOf } from '../services/faults'
import { say } from '../services/toasts'
import { endTransfer, sendFile } from '../services/transfer'
import { moment } from '@shared/format'
import { text } from '../ui/text'
import type { Offered, Room } from './offer'

/** A bundle is sent to the program, which reads it through and says what it holds; importing it keeps all of it or nothing. */
export async function offerBundle(file: GivenFile, { client, router, onProgress }: Room): Promise<Offered> {
  const transfer = file.transfer ?? (await sendFile(client, await file.content(), file.name, onProgress))
  const { data: look, error } = await safe(client.bundles.look({ transfer }))
  if (!look) {
    void endTransfer(client, transfer)
    return { faults: isDefinedError(error) && error.code === 'INVALID' ? error.data.faults : [{ path: '', message: reasonOf(error) }] }
  }
  return {
    says: sentenceOf(look),
    open: async () => {
      const outcome = await client.bundles.import({ transfer, name: file.name.trim().slice(0, 200) || 'bundle' })
      const added = outcome.documents.length + outcome.comparisons.length + outcome.policies.length
      const here = outcome.documentsHere + outcome.comparisonsHere + outcome.policiesHere
      const sentences = [
        ...(outcome.runs.length + outcome.here.length > 0 ? [text.bundles.imported(outcome.runs.length, outcome.here.length)] : []),
        ...(added > 0 ? [text.bundles.importedLibrary(added)] : []),
        ...(here > 0 ? [text.bundles.hereLibrary(here)] : [])
      ]
      say(sentences.join(' · '))
      const [experiment, another] = outcome.experiments
      await router.push({ name: 'runs', query: experiment && !another ? { experiment: String(experiment.id) } : {} })
    },
    drop: () => void endTransfer(client, transfer)
  }
}

function sentenceOf({ runs, runsHere, bundledAt, app, documents, comparisons, policies }: BundleLook): string {
  const parts = [
    ...(documents.length > 0 ? [text.opening.parts.documents(documents.length)] : []),
    ...(comparisons.length > 0 ? [text.opening.parts.comparisons(comparisons.length)] : []),
    ...(policies.length > 0 ? [text.opening.parts.policies(policies.length)] : [])
  ]
  const says = text.opening.does.bundle(runs, runsHere, moment(bundledAt), app)
  return parts.length > 0 ? `${says} ${text.opening.does.also(parts.join(', '))}` : says
}
