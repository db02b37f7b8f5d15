// A heap: what comes first of many, while more are added.

/** Holds items; `before(a, b)` tells whether one comes first. */
export class Heap {
  constructor(before) {
    Object.assign(this, { before, items: [] });
  }

  get size() {
    return this.items.length;
  }

  push(item) {
    const { items, before } = this;
    let at = items.push(item) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!before(items[at], items[parent])) return;
      [items[at], items[parent]] = [items[parent], items[at]];
      at = parent;
    }
  }

  pop() {
    const { items, before } = this;
    const first = items[0];
    const last = items.pop();
    if (!items.length) return first;
    items[0] = last;
    let at = 0;
    while (true) {
      const below = [2 * at + 1, 2 * at + 2].filter((child) => child < items.length);
      const least = below.reduce((a, b) => (before(items[b], items[a]) ? b : a), at);
      if (least === at) return first;
      [items[at], items[least]] = [items[least], items[at]];
      at = least;
    }
  }
}
