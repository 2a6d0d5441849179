/** A binary heap that gives its items in ascending order of a number. */
export class MinHeap<T> {
  private readonly keys: number[] = [];
  private readonly items: T[] = [];

  get size(): number {
    return this.items.length;
  }

  peekKey(): number | undefined {
    return this.keys[0];
  }

  peek(): T | undefined {
    return this.items[0];
  }

  push(key: number, item: T): void {
    let at = this.keys.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.keyAt(parent) <= key) {
        break;
      }
      this.move(parent, at);
      at = parent;
    }
    this.keys[at] = key;
    this.items[at] = item;
  }

  pop(): T | undefined {
    const first = this.items[0];
    const key = this.keys.pop();
    const item = this.items.pop();
    if (key === undefined || item === undefined || this.keys.length === 0) {
      return first;
    }
    const size = this.keys.length;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size && this.keyAt(child + 1) < this.keyAt(child)) {
        child += 1;
      }
      if (this.keyAt(child) >= key) {
        break;
      }
      this.move(child, at);
      at = child;
    }
    this.keys[at] = key;
    this.items[at] = item;
    return first;
  }

  private keyAt(at: number): number {
    return this.keys[at] as number;
  }

  private move(from: number, to: number): void {
    this.keys[to] = this.keys[from] as number;
    this.items[to] = this.items[from] as T;
  }
}
