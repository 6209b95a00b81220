/** Whether a condition can be read, by the grammar of `grasp_ui/text/conditions.py`. */

export interface Fault {
  readonly what: string;
  /** Which character, counted from 0. */
  readonly position: number;
}

interface Token {
  readonly type: "name" | "number" | "text" | "sign" | "end";
  readonly text: string;
  readonly at: number;
}

/** What a part of a condition is: only variables have parts, only numbers have a sign. */
type Part = "variable" | "number" | "text" | "other";

const LONGEST = 1000;
const WORDS = new Set(["true", "false", "null", "none", "True", "False", "None"]);
const RESERVED = new Set(
  `and as assert async await break class continue def del elif else except finally for from global
  if import in is lambda nonlocal not or pass raise return try while with yield`.split(/\s+/),
);
const SIGNS = new Set(["<", "<=", ">", ">=", "==", "!="]);
const TOKEN =
  /\s*(?:(?<name>[\p{L}_][\p{L}\p{N}_]*)|(?<number>(?:0[xX][\da-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(?![\p{L}\p{N}_]))|(?<text>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|(?<sign><=|>=|==|!=|[<>()[\],.-]))/uy;

class Unreadable extends Error {
  constructor(
    readonly what: string,
    readonly position: number,
  ) {
    super(what);
  }
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const pattern = new RegExp(TOKEN);
  const end = text.trimEnd().length;
  while (pattern.lastIndex < end) {
    const start = pattern.lastIndex;
    const groups = pattern.exec(text)?.groups;
    const [type, found] = Object.entries(groups ?? {}).find(([, value]) => value !== undefined) ?? [];
    if (!type || found === undefined) {
      const at = start + (/^\s*/.exec(text.slice(start))?.[0].length ?? 0);
      const isOpen = /["']/.test(text[at] ?? "");
      throw new Unreadable(isOpen ? "This text has no end." : `'${text[at]}' is not allowed here.`, at);
    }
    tokens.push({ type: type as Token["type"], text: found, at: pattern.lastIndex - found.length });
  }
  return [...tokens, { type: "end", text: "", at: end }];
}

class Reader {
  private place = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  whole(): void {
    this.list("");
  }

  private get next(): Token {
    return this.tokens[this.place] as Token;
  }

  private take(...texts: string[]): boolean {
    const { type, text } = this.next;
    const isTaken = (type === "sign" || type === "name") && texts.includes(text);
    if (isTaken) this.place += 1;
    return isTaken;
  }

  private stop(): never {
    const { type, text, at } = this.next;
    if (type === "end") throw new Unreadable("Something is missing at the end.", at);
    if (text === "is") throw new Unreadable("'is' is not allowed; write '=='.", at);
    throw new Unreadable(`'${text}' is not allowed here.`, at);
  }

  /** Parts between commas up to `close`; how many, and whether a comma was there. */
  private list(close: string): { count: number; hasComma: boolean; only: Part } {
    let [count, hasComma, only]: [number, boolean, Part] = [0, false, "other"];
    const isOver = (): boolean => (close ? this.take(close) : this.next.type === "end");
    while (!isOver()) {
      if (count > 0) {
        if (!this.take(",")) this.stop();
        hasComma = true;
        if (isOver()) break;
      }
      only = this.joined();
      count += 1;
    }
    if (count === 0 && !close) this.stop();
    return { count, hasComma, only };
  }

  private joined(): Part {
    let part = this.denied();
    while (this.take("and", "or")) {
      this.denied();
      part = "other";
    }
    return part;
  }

  private denied(): Part {
    if (!this.take("not")) return this.compared();
    this.denied();
    return "other";
  }

  private compared(): Part {
    let part = this.signed();
    while (this.isComparison()) {
      this.signed();
      part = "other";
    }
    return part;
  }

  private isComparison(): boolean {
    if (this.take(...SIGNS, "in")) return true;
    const following = this.tokens[this.place + 1];
    if (this.next.text !== "not" || following?.text !== "in") return false;
    this.place += 2;
    return true;
  }

  private signed(): Part {
    const { at } = this.next;
    if (!this.take("-")) return this.dotted();
    if (this.dotted() !== "number") throw new Unreadable("Only a number can be negative.", at);
    return "other";
  }

  private dotted(): Part {
    const { at, text } = this.next;
    const part = this.single();
    for (let isFirst = true; ; isFirst = false) {
      const isDot = this.take(".");
      if (!isDot && !this.take("[")) return part;
      if (isFirst && part !== "variable") throw new Unreadable(`'${text}' is not a variable.`, at);
      if (isDot) this.name();
      else this.index();
    }
  }

  private name(): void {
    const { type, text } = this.next;
    const isKeyword = RESERVED.has(text) || ["True", "False", "None"].includes(text);
    if (type !== "name" || isKeyword) this.stop();
    this.place += 1;
  }

  private index(): void {
    const { type, text } = this.next;
    if (type !== "text" && !(type === "number" && /^\d+$/.test(text))) this.stop();
    this.place += 1;
    if (!this.take("]")) this.stop();
  }

  private single(): Part {
    const { type, text, at } = this.next;
    if (type === "end" || RESERVED.has(text)) this.stop();
    this.place += 1;
    if (type === "name") return WORDS.has(text) ? "other" : "variable";
    if (type === "number") return this.number(text, at);
    if (type === "text") {
      while (this.next.type === "text") this.place += 1;
      return "text";
    }
    if (text === "[") return this.list("]"), "other";
    if (text !== "(") {
      this.place -= 1;
      this.stop();
    }
    const { count, hasComma, only } = this.list(")");
    return count === 1 && !hasComma ? only : "other";
  }

  private number(text: string, at: number): Part {
    if (/^0\d*[1-9]\d*$/.test(text)) throw new Unreadable("A number does not begin with 0.", at);
    return "number";
  }
}

/** What is wrong with a condition; nothing when the engine can read it. */
export function faultOf(text: string): Fault | undefined {
  if (!text.trim()) return { what: "Write a condition, such as score < 4.", position: 0 };
  if (text.length > LONGEST) return { what: `Longer than ${LONGEST} characters.`, position: LONGEST };
  try {
    new Reader(tokensOf(text)).whole();
  } catch (error) {
    if (error instanceof Unreadable) return { what: error.what, position: error.position };
    throw error;
  }
  return undefined;
}

export interface Completion {
  readonly start: number;
  readonly names: readonly string[];
}

const MOST_NAMES = 6;

/** The variables that go on with what stands before the caret. */
export function completion(text: string, caret: number, known: readonly string[]): Completion {
  const before = text.slice(0, caret);
  const quotes = before.replaceAll(/\\./g, "").replaceAll(/"[^"]*"|'[^']*'/g, "");
  const word = /[\p{L}_][\p{L}\p{N}_.]*$/u.exec(before)?.[0] ?? "";
  const start = caret - word.length;
  if (/["']/.test(quotes)) return { start, names: [] };
  const isWanted = (name: string): boolean => name.startsWith(word) && name !== word;
  return { start, names: known.filter(isWanted).slice(0, MOST_NAMES) };
}
