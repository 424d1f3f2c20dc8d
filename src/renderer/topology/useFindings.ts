import { computed, nextTick, type Ref, shallowRef, watch } from 'vue'
import { check, type Finding } from './checks'
import type { Drawing } from './drawing'

/** What the checks find in a drawing, and by key of a node or link how severe the worst of it is. */
export function useFindings(drawing: Readonly<Ref<Drawing>>) {
  const findings = computed(() => check(drawing.value))
  const hasFaults = computed(() => findings.value.some(({ severity }) => severity === 'fault'))
  const severities = computed(() => {
    const marks = new Map<string, Finding['severity']>()
    for (const { keys, severity } of [...findings.value].reverse()) for (const key of keys) marks.set(key, severity)
    return marks
  })
  return { findings, hasFaults, severities }
}

/** Goes to one finding after another: shows where it is and leads to the fields that fix it. */
export function useFaultTour(findings: Readonly<Ref<readonly Finding[]>>, show: (keys: readonly string[]) => void, edit: () => void) {
  const atFault = shallowRef<number>()

  function showFault(i: number): void {
    const finding = findings.value[i]
    if (!finding) return
    atFault.value = i
    show(finding.keys)
    if (finding.keys.length > 0) void nextTick().then(edit)
  }

  const showNextFault = (): void => showFault(((atFault.value ?? -1) + 1) % Math.max(1, findings.value.length))

  watch(findings, () => {
    atFault.value = undefined
  })
  return { atFault, showFault, showNextFault }
}
