/** The server's side of the protocol, as `editing.py` has it; `cases.test.ts` holds them equal. */

import { type Document, type Edit, type ServerState, keyed, renameAll } from "../src/state/model";
import { arranged } from "../src/state/order";

export class Server {
  acknowledged = 0;
  revision = 0;
  renamed: [number, string, string][] = [];

  constructor(
    public document: Document,
    readonly session = "s",
  ) {}

  take(message: Edit): void {
    if (message.session !== this.session || message.revision <= this.acknowledged) return;
    let edit = message;
    for (const [revision, old, fresh] of this.renamed) {
      if (edit.server_revision < revision) edit = renamedEdit(edit, old, fresh);
    }
    const isStale = edit.server_revision < this.revision;
    const nodes = { ...this.document.nodes };
    for (const [name, value] of Object.entries(edit.nodes)) {
      const known = nodes[name];
      if (value === null) delete nodes[name];
      else nodes[name] = known && isStale ? { ...known, position: value.position } : value;
    }
    const edges = { ...this.document.edges };
    for (const [id, value] of Object.entries(edit.edges)) {
      if (value === null) delete edges[id];
      else edges[id] = value;
    }
    const whole = arranged({ nodes, edges }, edit.places);
    this.document = { ...whole, edges: keyed(Object.values(whole.edges)) };
    this.acknowledged = edit.revision;
  }

  setField(name: string, text: string): void {
    const node = this.document.nodes[name];
    if (!node) return;
    const changed = { ...node, fields: { ...node.fields, prompt: text } };
    this.document = { ...this.document, nodes: { ...this.document.nodes, [name]: changed } };
    this.revision += 1;
  }

  rename(old: string, fresh: string): void {
    this.document = renameAll(this.document, [old, fresh]);
    this.revision += 1;
    this.renamed.push([this.revision, old, fresh]);
  }

  show(): ServerState {
    return {
      session: this.session,
      document: this.document,
      acknowledged: this.acknowledged,
      server_revision: this.revision,
      renamed: [...this.renamed],
    };
  }
}

function renamedEdit(edit: Edit, old: string, fresh: string): Edit {
  const named = (name: string): string => (name === old ? fresh : name);
  const edgeId = (id: string): string => {
    const [ends = "", number] = id.split(" #");
    return ends.split(" -> ").map(named).join(" -> ") + (number ? ` #${number}` : "");
  };
  const nodes = Object.entries(edit.nodes).map(([name, value]) => [named(name), value]);
  const edges = Object.entries(edit.edges).map(([id, value]) => [
    edgeId(id),
    value && { ...value, source: named(value.source), target: named(value.target) },
  ]);
  const places = edit.places.map(([id, before]): [string, string] => [edgeId(id), edgeId(before)]);
  return { ...edit, nodes: Object.fromEntries(nodes), edges: Object.fromEntries(edges), places };
}
