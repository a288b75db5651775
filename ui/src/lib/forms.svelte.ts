// What can be asked for from everywhere: the finder, the quick line, the forms that open over a
// room.
import { commands } from "./api";
import type { IncidentPage, IncidentRow, LineRow, Missing, NoticeRow, ReportRow, Outcome, OwnChange, PeriodCard, PeriodId, PersonRow, State, Status, UnitCard, UnitRef } from "./api";
import { app } from "./app.svelte";
import type { Named } from "./values";
import { MINUTE } from "./time";

export type Form =
  | { form: "incident"; unit?: Named | null; line?: WrittenLine; offered?: WrittenLine }
  | { form: "quiet" }
  | { form: "incident-facts"; incident: IncidentRow }
  | { form: "incident-report"; page: IncidentPage; first?: Missing | undefined }
  | { form: "severity"; page: IncidentPage }
  | { form: "status"; page: IncidentPage; status: Status; missing: Missing[] }
  | { form: "notice-sent"; notice: NoticeRow }
  | { form: "report-waive"; report: ReportRow }
  | { form: "notice-reason"; notice: NoticeRow; doing: "waive" | "reopen" | "snooze" }
  | { form: "person"; person?: PersonRow | undefined; unit?: UnitRef | undefined }
  | { form: "unit"; unit?: UnitCard | undefined; parent?: UnitRef | null | undefined }
  | { form: "sent"; period: PeriodId; unit: Named; state: State; document: string | null; received: number | null }
  | { form: "due"; period: PeriodCard; unit: Named; due: number }
  | { form: "remind"; period: PeriodId; units: Named[] }
  | { form: "call"; person: PersonRow; number?: string | undefined; outcome?: Outcome; note?: string; done?: () => void }
  | { form: "correct"; line: LineRow }
  | { form: "changes" }
  | { form: "undo"; change: OwnChange }
  | { form: "operator" };

/** What the open page makes of the keys that mean something else on each. */
export interface PageContext {
  new?: () => void;
  edit?: () => void;
  /** The unit or incident that the page is about: the quick line begins with it. */
  unit?: Named | undefined;
  incident?: { id: string; number: string } | undefined;
}

/** A line that was just written and belongs to no incident. */
export interface WrittenLine {
  line: string;
  text: string;
  unit: Named | null;
  /** When it happened. */
  at: number;
}

/** For how long a line is what the next incident is about, without being asked. */
const RECENT = 2 * MINUTE;

class Forms {
  finderOpen = $state(false);
  form = $state<Form | null>(null);
  /** Rises when the quick line is asked for. */
  linesAsked = $state(0);
  /** Rises when a file for that line is asked for. */
  filesAsked = $state(0);
  /** What stands in the quick line and is not written yet. */
  unwritten = $state("");
  page = $state.raw<PageContext>({});
  about: PageContext | null = null;
  /** Whether what is typed next is another thing than the words that stand there. */
  apart = false;
  #newest: { line: WrittenLine; by: string | null; at: number; page: string } | null = null;

  openFinder(): void {
    this.finderOpen = true;
  }
  /** Asks for the quick line, about what the page is about or about something else. */
  openLine(about: PageContext | null = null): void {
    this.about = about;
    this.apart = false;
    this.linesAsked += 1;
  }
  /** A letter was typed that nothing else takes: it goes into the quick line, apart from a draft there. */
  typeLine(): void {
    this.openLine();
    this.apart = true;
  }
  openFile(): void {
    this.filesAsked += 1;
  }
  open(form: Form): void {
    this.form = form;
  }
  close(): void {
    this.form = null;
  }
  #undoing: Promise<void> = Promise.resolve();

  /**
   * Takes back the last change made in this window, asking first where it may not be what is meant;
   * where there is none, offers older ones.
   */
  undo(): void {
    this.#undoing = this.#undoing.then(() => this.#undoNext());
  }

  async #undoNext(): Promise<void> {
    if (this.form) return;
    if (!app.canUndo) {
      this.form = { form: "changes" };
      return;
    }
    const next = await app.act(commands.nextUndo(), null, false);
    if (!next) return;
    if (next.asks || app.undoesElsewhere) this.form = { form: "undo", change: next.change };
    else await app.undo(next.change);
  }

  /** Does again what was undone in this window; where nothing was, offers older ones. */
  redo(): void {
    if (app.canRedo) void app.redo();
    else this.form = { form: "changes" };
  }
  /** Asks for an incident; the line its officer just wrote on this page or about its unit, of none yet, is what it is about; an older one, or one from elsewhere, is offered. */
  openIncident(): void {
    const from = this.#newest;
    if (!from || from.by !== app.writer) {
      this.form = { form: "incident" };
      return;
    }
    const { unit } = this.page;
    const here = unit ? unit.id === from.line.unit?.id : from.page === location.hash;
    const taken = here && app.now - from.at < RECENT;
    this.form = { form: "incident", ...(taken ? { line: from.line, unit: from.line.unit } : { offered: from.line }) };
  }
  /** Notes the line that was written last; `null` when it belongs to an incident. */
  remember(line: WrittenLine | null): void {
    this.#newest = line && { line, by: app.writer, at: app.now, page: location.hash };
  }
  /** A line that was corrected, or of which an incident was opened or is not to be, is what no incident is about any more. */
  forget(line: string): void {
    if (this.#newest?.line.line === line) this.#newest = null;
  }
}

export const forms = new Forms();

/** Says what the keys mean on this page, while it is open. Call it while a component is made. */
export function pageContext(keys: () => PageContext): void {
  $effect(() => {
    const mine = keys();
    forms.page = mine;
    return () => {
      if (forms.page === mine) forms.page = {};
    };
  });
}
