/** Taken items are cut off when they are so many: moving the rest each time would cost as much as there is. */
const CUT_AT = 1000;

/** First in, first out, at a constant cost. */
export class Queue<T> {
  private items: T[] = [];
  private first = 0;

  get size(): number {
    return this.items.length - this.first;
  }

  push(item: T): void {
    this.items.push(item);
  }

  peek(): T | undefined {
    return this.items[this.first];
  }

  shift(): T | undefined {
    const item = this.items[this.first];
    if (this.first < this.items.length) {
      this.first += 1;
    }
    if (this.first >= CUT_AT && this.first * 2 >= this.items.length) {
      this.items = this.items.slice(this.first);
      this.first = 0;
    }
    return item;
  }

  /** Takes out what matches. */
  remove(matches: (item: T) => boolean): T[] {
    const left = this.items.slice(this.first);
    this.items = left.filter((item) => !matches(item));
    this.first = 0;
    return left.filter(matches);
  }
}
