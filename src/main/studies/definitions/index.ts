import { budget } from './budget'
import { contention } from './contention'
import { fig4 } from './fig4'
import { fig5 } from './fig5'
import { fig6 } from './fig6'
import { fig7 } from './fig7'
import { fig8 } from './fig8'
import { fig9 } from './fig9'
import { graphs } from './graphs'
import { mrlco } from './mrlco'
import { onePolicy } from './one-policy'
import { sizes } from './sizes'
import { psi } from './psi'
import { rivals } from './rivals'
import { time } from './time'
import type { Study } from '@shared/studies/study'

/** The figures of the paper. */
export const PAPER_FIGURES: readonly Study[] = [fig4, fig5, fig6, fig7, fig8, fig9]

/** Every study: the paper's figures, then what the paper does not ask. A new one is a file and a line here. */
export const STUDIES: readonly Study[] = [...PAPER_FIGURES, sizes, onePolicy, graphs, time, contention, psi, mrlco, rivals, budget]
