/** The search form of a text, as the core has it: small letters without accents, `đ` as `d`. */
export function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/[\u0300-\u036f'’‘ʼ`´′＇]/g, "")
    .toLowerCase()
    .replace(/đ/g, "d")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** Whether every word begins a word of the text. */
export function fits(text: string, words: string): boolean {
  const known = ` ${fold(text)}`;
  return fold(words)
    .split(" ")
    .every((word) => known.includes(` ${word}`));
}

/** Whether the words are the whole name, or several of its first words. */
export function isCalled(name: string, words: string): boolean {
  const [known, typed] = [fold(name), fold(words)];
  return typed !== "" && (known === typed || (typed.includes(" ") && known.startsWith(typed)));
}
