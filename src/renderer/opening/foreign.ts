import { isDefinedError, safe } from '@orpc/client'
import type { ForeignLook } from '@shared/contract/foreign'
import { sourceTitle } from '@shared/algorithms/foreign'
import type { GivenFile } from '../services/files'
import { reasonOf } from '../services/faults'
import { say } from '../services/toasts'
import { endTransfer, sendFile } from '../services/transfer'
import { text } from '../ui/text'
import { offerBundle } from './bundle'
import type { Offered, Room } from './offer'

/** Sentences of single runs that are told; the rest stand in their logs. */
const MOST_NOTES = 20

/** A zip or an event file is sent to the program, which says what it holds: a bundle of the lab's own, or runs of TensorBoard and MLflow. */
export async function offerSent(file: GivenFile, room: Room): Promise<Offered> {
  const { client, router, onProgress } = room
  const transfer = file.transfer ?? (await sendFile(client, await file.content(), file.name, onProgress))
  const { data: look, error } = await safe(client.foreign.look({ transfer }))
  if (look && !look.isForeign) return offerBundle({ ...file, transfer }, room)
  if (!look) {
    void endTransfer(client, transfer)
    return { faults: isDefinedError(error) && error.code === 'INVALID' ? error.data.faults : [{ path: '', message: reasonOf(error) }] }
  }
  return {
    says: sentenceOf(look.runs),
    assumed: [...look.notes, ...look.runs.flatMap(({ name, notes }) => notes.map((note) => `${name}: ${note}`)).slice(0, MOST_NOTES)],
    metrics: [...new Set(look.runs.flatMap(({ metrics }) => metrics))],
    open: async (rename = {}) => {
      const name = file.name.trim().slice(0, 200) || text.foreign.folder
      const { runs, ids } = await client.foreign.import({ transfer, name, rename })
      say(text.foreign.imported(runs.filter(({ here }) => here === 'no').length, runs.filter(({ here }) => here === 'older').length))
      await router.push(ids.length === 1 ? { name: 'run', params: { id: ids[0] } } : { name: 'runs' })
    },
    drop: () => void endTransfer(client, transfer)
  }
}

function sentenceOf(runs: readonly ForeignLook[]): string {
  const sources = [...new Set(runs.map(({ source }) => sourceTitle(source)))].join(' and ')
  const points = runs.reduce((sum, run) => sum + run.points, 0)
  const curves = runs.reduce((sum, run) => sum + run.metrics.length, 0)
  const [same, older] = (['same', 'older'] as const).map((state) => runs.filter(({ here }) => here === state).length)
  return text.foreign.says({ sources, runs: runs.length, curves, points, same, older })
}
