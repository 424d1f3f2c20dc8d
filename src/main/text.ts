import { type Decode, decodedText, type Read } from '@shared/formats'

/** A file's text in whichever of the encodings that are read it is. */
export const textIn = (bytes: Uint8Array): Read<string> => decodedText(bytes, decode)

export const decode: Decode = (part, encoding) => new TextDecoder(encoding, { fatal: true }).decode(part)
