/** The mark of the program as a tray shows it: a device, an edge and a cloud, without a file that could be missing. */
const SIZE = 32
const DOTS = [
  { x: 16, y: 8, radius: 6, colour: [0x74, 0x9a, 0x2f] },
  { x: 8, y: 24, radius: 6, colour: [0x32, 0xaa, 0xf2] },
  { x: 24, y: 24, radius: 6, colour: [0xe8, 0xa7, 0x3a] }
] as const

/** Square, four bytes per pixel: blue, green, red, opacity. */
export function trayBitmap(): { pixels: Uint8Array; size: number } {
  const pixels = new Uint8Array(SIZE * SIZE * 4)
  for (let y = 0; y < SIZE; y++) {
    for (let x = 0; x < SIZE; x++) {
      const dot = DOTS.find((each) => Math.hypot(x + 0.5 - each.x, y + 0.5 - each.y) <= each.radius)
      if (dot) pixels.set([...dot.colour, 0xff], (y * SIZE + x) * 4)
    }
  }
  return { pixels, size: SIZE }
}
