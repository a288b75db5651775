// What is printed stands beside the page, not in it: it is not cut off where the window ends.

/** Puts an element of class `printed` beside the page, while it is there. */
export function besidePage(node: HTMLElement): () => void {
  document.body.append(node);
  return () => node.remove();
}

/** Has these rules hold for sheets of paper. Gives how to take them back: each paper has its own. */
export function withPaperRules(rules: string): () => void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
  };
}
