/** Colours as the browser reckons them: custom properties, `color-mix` and contrast. */

export type Rgba = readonly [number, number, number, number];
export type Tokens = ReadonlyMap<string, string>;

/** The custom properties of a stylesheet's rule; `--st-…` come from Streamlit's theme. */
export function tokensOf(css: string, theme: Readonly<Record<string, string>>): Tokens {
  const found = [...css.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name = "", value = ""]) => [name, value] as const);
  return new Map([...Object.entries(theme), ...found]);
}

/** Splits at commas outside of brackets. */
function partsOf(text: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const letter of text) {
    if (letter === "(") depth += 1;
    if (letter === ")") depth -= 1;
    if (letter === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += letter;
  }
  return parts.map((part) => part.trim());
}

function fromHex(hex: string): Rgba {
  const long = hex.length === 3 ? [...hex].map((digit) => digit + digit).join("") : hex;
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => Number.parseInt(long.slice(at, at + 2), 16));
  return [red, green, blue, 1];
}

function mixed(a: Rgba, share: number, b: Rgba): Rgba {
  const alpha = a[3] * share + b[3] * (1 - share);
  const part = (at: 0 | 1 | 2): number => (a[at] * a[3] * share + b[at] * b[3] * (1 - share)) / (alpha || 1);
  return [part(0), part(1), part(2), alpha];
}

/** The colour that a CSS value stands for. */
export function colourOf(value: string, tokens: Tokens): Rgba {
  const text = value.trim();
  if (text === "transparent") return [0, 0, 0, 0];
  if (text.startsWith("#")) return fromHex(text.slice(1));
  const [, name = "", inner = ""] = /^([\w-]+)\((.*)\)$/s.exec(text) ?? [];
  const parts = partsOf(inner);
  if (name === "var") {
    const known = tokens.get(parts[0] ?? "") ?? parts[1];
    if (known === undefined) throw new Error(`Nothing is said of ${text}.`);
    return colourOf(known, tokens);
  }
  if (name !== "color-mix") throw new Error(`${text} is no colour that this test can read.`);
  const [, first = "", share = ""] = /^(.*\S)\s+([\d.]+)%$/s.exec(parts[1] ?? "") ?? [];
  return mixed(colourOf(first, tokens), Number(share) / 100, colourOf(parts[2] ?? "", tokens));
}

export function over(top: Rgba, below: Rgba): Rgba {
  return mixed([top[0], top[1], top[2], 1], top[3], below);
}

function light([red, green, blue]: Rgba): number {
  const [r = 0, g = 0, b = 0] = [red, green, blue].map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** WCAG 2's contrast ratio, from 1 to 21. */
export function contrast(a: Rgba, b: Rgba): number {
  const [dark = 0, bright = 0] = [light(a), light(b)].toSorted((x, y) => x - y);
  return (bright + 0.05) / (dark + 0.05);
}
