import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What a case makes and must not leave behind: folders, and whatever has to be closed. */
export class Scratch {
  readonly #undo: (() => unknown)[] = []

  /** An empty folder. */
  folder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'dmro-soak-'))
    this.#undo.push(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }))
    return folder
  }

  /** Calls `undo` when the case is over, before what was made earlier is undone. */
  onEnd(undo: () => unknown): void {
    this.#undo.push(undo)
  }

  async clear(): Promise<void> {
    for (const undo of this.#undo.splice(0).reverse()) await undo()
  }
}
