import { reasonOf } from '../services/faults'
import { chosenFolder, packedFolder } from '../services/folder'
import { give } from '../services/given'
import { say } from '../services/toasts'
import { text } from '../ui/text'

/** Brings in a folder of another tracker's runs: what it holds is said, and asked about, before anything is kept. */
export function useImportFolder() {
  async function importFolder(): Promise<void> {
    const files = await chosenFolder()
    if (files.length === 0) return
    try {
      give([await packedFolder(files)])
    } catch (error) {
      say(text.actions.failed(text.foreign.import, reasonOf(error)), { kind: 'error' })
    }
  }
  return { importFolder }
}
