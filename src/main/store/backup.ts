/** What is known of a backup without reading all of it. */
export interface Backup {
  file: string
  /** Of the database it is a copy of; undefined for a copy from before databases had one. */
  identity: string | undefined
  /** How many it holds, deleted ones included. */
  runs: number
}

/** What a data folder without a usable database can go back to. */
export interface BackupOffer {
  /** Copies there are, sound or not. */
  copies: number
  /** The newest that passes every check. */
  newest?: Backup
  /** The one with most runs, where that is another and passes every check too. */
  fullest?: Backup
}
