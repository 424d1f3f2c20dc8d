import { type Store, StoreError } from '../store'

/** Runs of a version that did not tell the course of their gap are given it, a few at a time beside other work. */
export async function fillCourses(store: Store): Promise<void> {
  for (const { id, evaluation, totalLearnSteps } of store.runs.list()) {
    if (!evaluation || evaluation.course || totalLearnSteps === 0) continue
    await new Promise<void>((resolve) => setImmediate(resolve))
    if (!store.isOpen) return
    try {
      store.fillCourse(id)
    } catch (error) {
      // A damaged run is reported where it is shown; a full disk is the supervisor's to tell.
      if (!(error instanceof StoreError)) throw error
    }
  }
}
