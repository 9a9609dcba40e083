declare module "wawoff2" {
  /** WOFF2 in, TrueType out. */
  export const decompress: (file: Uint8Array) => Promise<Uint8Array>;
}
