import type { Fault } from '@shared/experiment/experiment'

/** A bundle is not what it must be: what is wrong, and in which of its files. Nothing of it was kept. */
export class BadBundleError extends Error {
  override name = 'BadBundleError'
  constructor(readonly faults: readonly Fault[]) {
    super(faults.map(({ path, message }) => `${path}: ${message}`).join('\n'))
  }
}

/** What was asked for does not fit into a bundle. */
export class BundleTooLargeError extends Error {
  override name = 'BundleTooLargeError'
}

/** A foreign run was to be bundled, of which there is nothing that another lab could run. */
export class ForeignBundleError extends Error {
  override name = 'ForeignBundleError'
}

export function bad(path: string, message: string): BadBundleError {
  return new BadBundleError([{ path, message }])
}
