/**
 * Some of the numbers from 0 to 63, as the bits of two words. The nearest member on either side of a number is
 * found without a loop.
 */
export class NumberSet {
  static readonly empty: NumberSet = new NumberSet(0, 0);

  /** `from`, `from + step` and so on, up to `to`. */
  static range(from: number, to: number, step = 1): NumberSet {
    let low = 0;
    let high = 0;
    for (let value = from; value <= to; value += step) {
      if (value < 32) {
        low |= 1 << value;
      } else {
        high |= 1 << (value - 32);
      }
    }
    return new NumberSet(low, high);
  }

  static of(values: Iterable<number>): NumberSet {
    let set = NumberSet.empty;
    for (const value of values) {
      set = set.with(value);
    }
    return set;
  }

  /** Least member, -1 when there is none. */
  readonly first: number;
  /** Greatest member, -1 when there is none. */
  readonly last: number;
  readonly size: number;

  private constructor(
    private readonly low: number,
    private readonly high: number,
  ) {
    this.first = this.atOrAfter(0);
    this.last = this.atOrBefore(63);
    this.size = countBits(low) + countBits(high);
  }

  with(value: number): NumberSet {
    return this.union(NumberSet.range(value, value));
  }

  union(other: NumberSet): NumberSet {
    return new NumberSet(this.low | other.low, this.high | other.high);
  }

  has(value: number): boolean {
    return this.atOrAfter(value) === value;
  }

  /** The least member that is `value` or more, -1 when there is none. */
  atOrAfter(value: number): number {
    if (value < 32) {
      const bits = this.low & (-1 << value);
      if (bits !== 0) {
        return 31 - Math.clz32(bits & -bits);
      }
      value = 32;
    }
    const bits = value < 64 ? this.high & (-1 << (value - 32)) : 0;
    return bits === 0 ? -1 : 63 - Math.clz32(bits & -bits);
  }

  /** The greatest member that is `value` or less, -1 when there is none. */
  atOrBefore(value: number): number {
    if (value >= 32) {
      const bits = this.high & (-1 >>> (63 - value));
      if (bits !== 0) {
        return 63 - Math.clz32(bits);
      }
      value = 31;
    }
    const bits = value >= 0 ? this.low & (-1 >>> (31 - value)) : 0;
    return bits === 0 ? -1 : 31 - Math.clz32(bits);
  }

  /** The members, least first. */
  values(): number[] {
    const values: number[] = [];
    for (let value = this.first; value !== -1; value = this.atOrAfter(value + 1)) {
      values.push(value);
    }
    return values;
  }
}

function countBits(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) {
    count++;
  }
  return count;
}
