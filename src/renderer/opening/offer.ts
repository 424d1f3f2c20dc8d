import type { Fault } from '@shared/experiment/experiment'
import type { Workload } from '@shared/model/workload'
import type { Router } from 'vue-router'
import type { Client } from '../services/connection'
import type { GivenFile } from '../services/files'
import type { Document } from './reading'

/** What opening a file needs of the page. */
export interface Room {
  client: Client
  router: Router
  onProgress(fraction: number): void
}

/** What would be done with a file, in a sentence; `open` does it and goes to the page concerned. */
export interface Offer {
  says: string
  /** What was assumed to read it, and what was left out, a sentence each. */
  assumed?: readonly string[]
  /** Its workflows, where it lists some: several files of them can be opened as one workload. */
  workload?: Workload
  /** Metrics of another tracker's runs, which can be given other names as they are opened. */
  metrics?: readonly string[]
  open(rename?: Record<string, string>): Promise<void>
  /** Drops whatever was made ready for it. */
  drop?(): void
}

export type Offered = Offer | { faults: readonly Fault[] }

/** How one kind of document is opened. */
export type Opener = (document: Document, file: GivenFile, room: Room) => Promise<Offered> | Offered
