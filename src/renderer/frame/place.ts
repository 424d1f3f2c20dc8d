/** Whether the page is in a window of the program's own, and not in a browser. */
export const isInWindow = typeof location !== 'undefined' && location.protocol === 'dmro:'
