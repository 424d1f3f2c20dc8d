/** What the axis of a curve counts: learn steps, seconds of training, or seconds that passed meanwhile. */
export const X_AXES = ['steps', 'seconds', 'clock'] as const
export type XAxis = (typeof X_AXES)[number]
