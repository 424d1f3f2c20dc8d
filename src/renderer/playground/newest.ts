/** Asks for `work` to be done: requests that come while it is under way are one, done once after it. */
export function newest(work: () => Promise<void>): () => void {
  let isWanted = false
  let isWorking = false
  return () => {
    isWanted = true
    if (isWorking) return
    isWorking = true
    void (async () => {
      try {
        while (isWanted) {
          isWanted = false
          await work()
        }
      } finally {
        isWorking = false
      }
    })()
  }
}
