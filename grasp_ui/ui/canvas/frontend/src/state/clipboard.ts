/** Copied nodes as text, so that they can be pasted into another graph, tab or editor. */

import { type Document, type EdgeValue, type NodeValue, keyed } from "./model";

const MARK = "grasp-nodes";

export function clipText(piece: Document): string {
  const { nodes, edges } = piece;
  return JSON.stringify({ format: MARK, nodes, edges: Object.values(edges) }, null, 1);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isPlace(value: unknown): value is readonly [number, number] {
  return Array.isArray(value) && value.length === 2 && value.every((one) => Number.isFinite(one));
}

function nodeIn(value: unknown): NodeValue | undefined {
  if (!isObject(value) || typeof value["kind"] !== "string") return undefined;
  const { kind, fields, position } = value;
  return {
    kind,
    fields: isObject(fields) ? fields : {},
    position: isPlace(position) ? position : null,
  };
}

function edgeIn(value: unknown, nodes: Record<string, NodeValue>): EdgeValue[] {
  if (!isObject(value)) return [];
  const { source, target, when, max_visits } = value;
  if (typeof source !== "string" || typeof target !== "string") return [];
  if (!(source in nodes) || !(target in nodes)) return [];
  return [
    {
      source,
      target,
      when: typeof when === "string" ? when : null,
      max_visits: Number.isInteger(max_visits) ? (max_visits as number) : null,
    },
  ];
}

/** The nodes that a text holds; nothing where it is any other text. */
export function clipIn(text: string): Document | undefined {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(found) || found["format"] !== MARK || !isObject(found["nodes"])) return undefined;
  const nodes: Record<string, NodeValue> = {};
  for (const [name, value] of Object.entries(found["nodes"])) {
    const node = /^([A-Za-z_]\w*|@note(_\d+)?)$/.test(name) ? nodeIn(value) : undefined;
    if (node) nodes[name] = node;
  }
  const edges = Array.isArray(found["edges"]) ? found["edges"] : [];
  return { nodes, edges: keyed(edges.flatMap((edge) => edgeIn(edge, nodes))) };
}
