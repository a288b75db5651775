// The handbook can be asked for from everywhere; its pages come when they are.
import answers from "virtual:handbook-answers";
import type { Language } from "./api";

class Handbook {
  /** What was asked for: a heading (`trouble/…`), a page, or what a heading answers; none while it is closed. */
  asked = $state<string | null>(null);
  /** Where somebody was reading, by what they had asked for. */
  left: { asked: string; at: string; scrolled: number } | null = null;

  /** What is looked for in it as it opens. */
  words = $state("");

  open(asked: string, words = ""): void {
    this.words = words;
    this.asked = asked;
  }
  close(): void {
    this.asked = null;
  }
  /** The title of what answers an error or a page of the window. */
  answer(word: string, language: Language): string | undefined {
    return answers[word]?.[language];
  }
}

export const handbook = new Handbook();
