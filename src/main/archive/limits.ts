/** What a bundle may hold at most; its reader counts while it inflates. */
export const MOST_FILES = 2000
export const MOST_BYTES = 512 * 2 ** 20
/** One file of it is held in memory whole. */
export const MOST_FILE_BYTES = 128 * 2 ** 20
/** Documents and records together: what is read of them stays in memory until all of it is imported. */
export const MOST_JSON_BYTES = 128 * 2 ** 20

export const mebibytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20).toLocaleString('en')} MiB`
