import { holds } from '../../soak/holds'
import { diskFull } from '../../soak/rows/disk-full'

holds(diskFull, 180_000)
