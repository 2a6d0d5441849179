/** Conditions of a query that has only those that were asked for, and the values in them. */
export class Conditions {
  readonly values: unknown[] = [];
  private readonly texts: string[] = [];

  /** Takes a value, and gives what stands for it in the query. `undefined` is for a value that is not used. */
  name(value: unknown): string {
    if (value === undefined) {
      return 'null';
    }
    this.values.push(value);
    return `$${this.values.length}`;
  }

  /** `condition` is told what stands for the value. `undefined` values make no condition. */
  add(value: unknown, condition: (name: string) => string): this {
    if (value !== undefined) {
      this.require(condition(this.name(value)));
    }
    return this;
  }

  require(condition: string): void {
    this.texts.push(condition);
  }

  toString(): string {
    return this.texts.length === 0 ? 'true' : this.texts.join(' and ');
  }
}
