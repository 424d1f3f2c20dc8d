import { useCommandEntries } from './commands'
import type { PaletteSource } from './entry'
import { useExperimentEntries } from './experiments'
import { usePresetEntries } from './presets'
import { useRunEntries } from './runs'

/** Everything the palette leads to, in the order it is shown. A new kind is a file and a line here. */
export const PALETTE_SOURCES: readonly (() => PaletteSource)[] = [useCommandEntries, useExperimentEntries, usePresetEntries, useRunEntries]
