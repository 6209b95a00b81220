/**
 * What is to be told to the server, until it says that it heard it.
 *
 * Streamlit keeps only the last value of an event when several arrive before a rerun. So each
 * parcel holds everything that was not heard yet, in order, and the server takes each item once.
 */

export type Topic = "edit" | "select" | "command";

export interface Item {
  readonly number: number;
  readonly topic: Topic;
  readonly value: unknown;
}

export interface Parcel {
  readonly client: string;
  readonly items: readonly Item[];
}

/** Which of a client's items the server heard. */
export interface Receipt {
  readonly client: string;
  readonly heard: number;
}

export class Outbox {
  send: (parcel: Parcel) => void = () => {};
  private items: Item[] = [];
  private count = 0;
  private wasUsed = false;

  constructor(readonly client: string) {}

  /** Tells something; a newer edit or selection stands in for one that is still on its way. */
  post(topic: Topic, value: unknown): void {
    this.count += 1;
    if (topic !== "command") this.items = this.items.filter((item) => item.topic !== topic);
    this.items.push({ number: this.count, topic, value });
    this.flush();
  }

  /** Sends again what was not heard, if there is any. */
  flush(): void {
    if (this.items.length === 0) return;
    this.wasUsed = true;
    this.send({ client: this.client, items: this.items });
  }

  /** Whether nothing was sent since this was last asked: what is unheard by then may be lost. */
  rests(): boolean {
    const { wasUsed } = this;
    this.wasUsed = false;
    return !wasUsed;
  }

  confirm({ client, heard }: Receipt): void {
    if (client === this.client) this.items = this.items.filter(({ number }) => number > heard);
  }
}
