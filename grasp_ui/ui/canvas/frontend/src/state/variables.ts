/** Which variables a condition can name on an arrow that leaves a node. */

import type { ById, Document, Kind, NodeValue, Seeds } from "./model";

/** The built-in ones: the number of the record, and of the visit. */
const BUILT_IN = ["record", "visit"];

function namesIn(value: unknown): string[] {
  if (typeof value === "string") return value ? [value] : [];
  if (Array.isArray(value)) return value.flatMap(namesIn);
  return typeof value === "object" && value !== null ? Object.keys(value) : [];
}

function propertiesOf(schema: unknown): string[] {
  return namesIn((schema as { properties?: unknown } | null | undefined)?.properties);
}

/** What a node writes; a judge's verdict is an object with a score and a reason. */
export function writtenBy({ kind, fields }: NodeValue, look: Kind | undefined): string[] {
  if (fields["disabled"] === true) return [];
  const names = namesIn(fields["writes"] ?? look?.writes);
  const verdict = kind === "judge" ? names.flatMap((name) => [`${name}.score`, `${name}.reason`]) : [];
  const outputs = namesIn(Object.values((fields["outputs"] as object | undefined) ?? {}));
  const values = kind === "set" ? namesIn(fields["values"]) : [];
  return [...verdict, ...names, ...propertiesOf(fields["json_schema"]), ...outputs, ...values];
}

/** The node itself and all from which arrows lead to it, nearest first. */
function sources(document: Document, name: string): string[] {
  const seen = new Set([name]);
  for (const here of seen) {
    for (const { source, target } of Object.values(document.edges)) {
      if (target === here) seen.add(source);
    }
  }
  return [...seen].filter((one) => one in document.nodes);
}

/** Variables written at or before `source`, the nearest first, then the seeds' and the built-in. */
export function variablesAfter(
  document: Document,
  kinds: ById<Kind>,
  seeds: Seeds,
  source: string,
): string[] {
  const written = sources(document, source).flatMap((name) => {
    const node = document.nodes[name];
    return node ? writtenBy(node, kinds[node.kind]) : [];
  });
  return [...new Set([...written, ...seeds.columns, ...BUILT_IN])];
}
