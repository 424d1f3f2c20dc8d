import type { Router } from 'vue-router'

const KEY = 'lab-page'

/**
 * Keeps which page was open last, and goes there where the window opens without naming another. Call before the router is
 * installed. An address of an older version leads home like any that is not known.
 */
export function keepLastPage(router: Router, storage: Pick<Storage, 'getItem' | 'setItem'>): void {
  const last = storage.getItem(KEY)
  const named = location.hash.replace(/^#\/?/, '') !== ''
  // The address itself, so that the router's first step is already the right one.
  if (!named && last?.startsWith('/') && last !== '/') location.replace(`#${last}`)
  router.afterEach(({ fullPath }) => storage.setItem(KEY, fullPath))
}
