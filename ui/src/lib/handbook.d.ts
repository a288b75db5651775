declare module "virtual:handbook-answers" {
  /** For each error or page of the window that the handbook answers, the title in each language. */
  const answers: Record<string, Record<"vi" | "en", string>>;
  export default answers;
}
