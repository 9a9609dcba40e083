import { createHash } from "node:crypto";

/**
 * Chance that repeats itself: the same name deals the same numbers, on every machine. Each customer and month draws
 * from a name of its own, so that what one draws changes nothing for the others.
 */
export class Random {
  #state: Uint32Array;

  constructor(name: string) {
    const digest = createHash("sha256").update(name).digest();
    this.#state = Uint32Array.from([0, 4, 8, 12], (offset) => digest.readUInt32LE(offset));
  }

  /** From 0 to below 1 (xoshiro128**). */
  next(): number {
    const [a, b, c, d] = this.#state as unknown as [number, number, number, number];
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    const [e, f] = [c ^ a, d ^ b];
    this.#state = Uint32Array.of(a ^ f, b ^ e, e ^ shifted, rotate(f, 11));
    return result / 2 ** 32;
  }

  between(least: number, most: number): number {
    return least + (most - least) * this.next();
  }

  /** A whole number, both bounds included. */
  integer(least: number, most: number): number {
    return Math.floor(this.between(least, most + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.integer(0, list.length - 1)] as T;
  }
}

const rotate = (value: number, bits: number): number => (value << bits) | (value >>> (32 - bits));
