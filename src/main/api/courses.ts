import { hasCurves } from '@shared/run/steps'
import { type Store, StoreError } from '../store'

/** Runs of a version that did not tell the course of their gap are given it, a few at a time beside other work. */
export async function fillCourses(store: Store): Promise<void> {
  for (const row of store.runs.list()) {
    const { id, evaluation } = row
    if (!evaluation || evaluation.course || !hasCurves(row)) continue
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
