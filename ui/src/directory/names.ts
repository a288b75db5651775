// How people are called in short.

/** The given name: the last word, but in Ê Đê names what stands before the clan. */
export function givenName(name: string): string {
  const words = name.trim().split(/\s+/);
  if (words.length > 1 && words[0] === "Y") return `Y ${words[1]}`;
  return (/^H['’]/.test(words[0] ?? "") ? words[0] : words.at(-1)) ?? name;
}
