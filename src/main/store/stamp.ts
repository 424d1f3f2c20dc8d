/** A time as a part of a file's name that sorts. */
export function stamp(now: number): string {
  return new Date(now).toISOString().replaceAll(/[-:]/g, '').replace('.', '-').replace('T', '-').replace('Z', '')
}
