/** How what is typed into a field is kept. */
export const typedText = {
  typed: {
    keeping: 'keeping …',
    keptAt: (when: string) => `typed text kept ${when}, not saved yet`,
    notKept: (since: string, why: string) => `What is typed has NOT been kept since ${since}: ${why}`,
    bothTyped: (theirs: string) => `Another window has typed here too: “${theirs.length > 200 ? `${theirs.slice(0, 200)} …` : theirs}”`,
    theyHandedIn: 'Another window has saved or discarded what was typed here.',
    moved: 'This was changed elsewhere after you began to type.'
  }
}
