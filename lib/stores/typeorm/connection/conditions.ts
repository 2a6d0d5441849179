/** Conditions of a query that has only those that were asked for, and the values in them. */
export class Conditions {
  readonly values: unknown[] = [];
  private readonly texts: string[] = [];

  /** `condition` is told how to name the value. `undefined` values make no condition. */
  add(value: unknown, condition: (placeholder: string) => string): this {
    if (value !== undefined) {
      this.values.push(value);
      this.texts.push(condition(`$${this.values.length}`));
    }
    return this;
  }

  toString(): string {
    return this.texts.length === 0 ? 'true' : this.texts.join(' and ');
  }
}
