/** Places along one direction of a sheet, in pixels: rows downwards or columns to the right. */
export class Axis {
  private readonly offsets: Float64Array;

  constructor(
    readonly count: number,
    sizeOf: (index: number) => number,
  ) {
    this.offsets = new Float64Array(count + 1);
    for (let index = 0; index < count; index++) {
      this.offsets[index + 1] = (this.offsets[index] ?? 0) + sizeOf(index);
    }
  }

  get length(): number {
    return this.offset(this.count);
  }

  /** Where the line begins; past the end, where the last one ends. */
  offset(index: number): number {
    return this.offsets[Math.max(0, Math.min(index, this.count))] ?? 0;
  }

  size(index: number): number {
    return this.offset(index + 1) - this.offset(index);
  }

  /** The line under a place; hidden lines have no place. */
  indexAt(position: number): number {
    let low = 0;
    let high = this.count - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.offset(middle + 1) <= position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Lines that show between two places. */
  visible(from: number, to: number): number[] {
    const lines: number[] = [];
    for (let index = this.indexAt(from); index < this.count && this.offset(index) < to; index++) {
      if (this.size(index) > 0) lines.push(index);
    }
    return lines;
  }
}
