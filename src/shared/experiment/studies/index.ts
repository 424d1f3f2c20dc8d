import { fig4 } from './fig4'
import { fig5 } from './fig5'
import { fig6 } from './fig6'
import { fig7 } from './fig7'
import { fig8 } from './fig8'
import { fig9 } from './fig9'
import type { Study } from './study'

/** Every study. A new one is a file and a line here. */
export const STUDIES: readonly Study[] = [fig4, fig5, fig6, fig7, fig8, fig9]
