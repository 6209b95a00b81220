/** About how many tokens a text is, without a tokenizer. */

const WIDE = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/gu;
const LETTERS_A_TOKEN = 4;

/** A token for four letters, and one for each Chinese, Japanese or Korean sign. */
export function aboutTokens(text: string): number {
  const wide = text.match(WIDE)?.length ?? 0;
  return Math.ceil((text.length - wide) / LETTERS_A_TOKEN) + wide;
}
