/** Something that React can watch: a list of listeners and a version that grows. */

export class Signal {
  version = 0;
  private listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  protected emit(): void {
    this.version += 1;
    for (const listener of this.listeners) listener();
  }
}
