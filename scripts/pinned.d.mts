export function isPinned(file: string, algorithm: string, sum: string): boolean
export function fetchPinned(url: string, sha256: string, file: string): Promise<'there' | 'changed' | 'absent'>
