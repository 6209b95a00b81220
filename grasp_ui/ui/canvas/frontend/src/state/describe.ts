/** What a card says about its node: derived from field names that all kinds share. */

import { type ById, type Fields, type Kind, type NodeValue, NOTE } from "./model";

export interface Chip {
  readonly icon: string;
  readonly text: string;
  readonly help: string;
}

export interface Share {
  readonly name: string;
  readonly part: number;
}

export interface Facts {
  readonly title: string;
  readonly kind: string;
  readonly text: string;
  readonly shares: readonly Share[];
  readonly more: number;
  readonly chips: readonly Chip[];
  readonly isOff: boolean;
}

const SHOWN = 3;
const TEXTS = ["prompt", "text", "question", "persona", "goal", "system"];

function textOf(value: unknown): string {
  return typeof value === "string" ? value.trim() : "";
}

function namesOf(value: unknown): string[] {
  if (typeof value === "string" && value) return [value];
  if (Array.isArray(value)) return value.filter((item) => typeof item === "string");
  return [];
}

function sharesOf(options: unknown): Share[] {
  if (Array.isArray(options)) {
    return options.map((name) => ({ name: String(name), part: 1 / options.length }));
  }
  if (typeof options !== "object" || options === null) return [];
  const weights = Object.entries(options).map(([name, weight]): [string, number] => [
    name,
    typeof weight === "number" && weight > 0 ? weight : 0,
  ]);
  const sum = weights.reduce((total, [, weight]) => total + weight, 0) || 1;
  return weights.map(([name, weight]) => ({ name, part: weight / sum }));
}

/** Options of one weight read best as a list; a bar for each says nothing. */
function isEven(shares: readonly Share[]): boolean {
  return shares.every(({ part }) => part === shares[0]?.part);
}

function writesOf(fields: Fields): string[] {
  const properties = (fields["schema"] as { properties?: object } | undefined)?.properties;
  const outputs = fields["outputs"];
  const passed = namesOf(Array.isArray(outputs) ? outputs : Object.values(outputs ?? {}));
  return [...namesOf(fields["writes"]), ...passed, ...(properties ? Object.keys(properties) : [])];
}

const METHODS: Readonly<Record<string, string>> = { p_yes: "P(yes)", json: "JSON score" };

/** An alias with the model behind it: `writer · gpt-4o`, or one word where they are the same. */
function modelOf(alias: string, models: ById<string>): string {
  const name = models[alias];
  return name && name !== alias ? `${alias} · ${name}` : alias;
}

function chipsOf(fields: Fields, known: ById<string>): Chip[] {
  const chips: Chip[] = [];
  const put = (icon: string, text: string, help: string): void => {
    if (text) chips.push({ icon, text, help: `${help}: ${text}` });
  };
  const models = [...namesOf(fields["model"]), ...namesOf(fields["models"])];
  put("memory", models.map((alias) => modelOf(alias, known)).join(", "), models.length > 1 ? "Models" : "Model");
  const count = fields["candidates"] ?? fields["samples"];
  if (typeof count === "number") put("stacks", `${count} candidates`, "Replies to choose from");
  put("account_tree", textOf(fields["graph"]), "Graph inside");
  put("fact_check", textOf(fields["rubric"]), "Rubric");
  const method = textOf(fields["method"]);
  put("percent", METHODS[method] ?? method, "How the judge answers");
  put("arrow_right_alt", writesOf(fields).join(", "), "Writes");
  put("sticky_note_2", textOf(fields["note"]), "Note");
  return chips;
}

/** Everything that the card of a node shows, the kind's look aside. */
export function factsOf(
  name: string,
  { kind, fields }: NodeValue,
  look: Kind | undefined,
  models: ById<string> = {},
): Facts {
  const role = textOf(fields["role"]);
  const options = sharesOf(fields["options"]);
  const shares = isEven(options) ? [] : options.toSorted((a, b) => b.part - a.part);
  const list = isEven(options) ? options.map(({ name }) => name).join(" · ") : "";
  return {
    title: textOf(fields["title"]) || (kind === NOTE ? textOf(fields["text"]).split("\n")[0] || "Empty note" : name),
    kind: [look?.title ?? kind, role].filter(Boolean).join(" · "),
    text: TEXTS.map((field) => textOf(fields[field])).find(Boolean) ?? list,
    shares: shares.slice(0, SHOWN),
    more: Math.max(0, shares.length - SHOWN),
    chips: chipsOf(fields, models),
    isOff: fields["disabled"] === true,
  };
}

const SIGNS: ReadonlyMap<string, string> = new Map([[">=", "≥"], ["<=", "≤"], ["!=", "≠"], ["==", "="]]);

/** A condition as it reads best; texts in quotes stay as they are. */
export function readable(condition: string): string {
  return condition.replace(/"[^"]*"|'[^']*'|[<>!=]=/g, (part) => SIGNS.get(part) ?? part);
}
