/** Live streams one host serves at the same time. */
export const MOST_STREAMS = 64
