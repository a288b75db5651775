// The file that was chosen and waits for a yes. The core holds its rows; here is what it is about.
import { commands, events, type Choice, type Fault, type Counts, type List, type Preview, type PreviewRows, type RowCase } from "../lib/api";
import { app } from "../lib/app.svelte";
import { forms } from "../lib/forms.svelte";
import { route } from "../lib/route.svelte";
import { say } from "../lib/words.svelte";

export const LISTS: List[] = ["people", "units", "roster", "succession", "leave"];

class Importing {
  #waiting = $state.raw<{ path: string; preview: Preview } | null>(null);
  /** Whether a list came while a form stood. */
  waits = $state(false);
  #working = $state(0);
  #last: Promise<unknown> = Promise.resolve();

  /** What waits in the open book; a file chosen in another book does not count. */
  get preview(): Preview | null {
    return this.#waiting && this.#waiting.path === app.frame?.path ? this.#waiting.preview : null;
  }

  /** Whether what is shown is about to be shown anew, or written. */
  get busy(): boolean {
    return this.#working > 0;
  }

  /** Hears of files that are dropped on the window. */
  async listen(): Promise<void> {
    await events.dropped.listen(() => this.take());
  }

  /** Takes the file that was dropped on the window or given to the program. */
  take(): void {
    // A form that is open stays in front, and the list waits for its end.
    this.waits = forms.form !== null;
    if (this.waits || document.querySelector("dialog[open]")) return;
    if (app.frame) void this.#begin(() => commands.takeDropped());
    else app.toast(say("ui_list_needs_book"), { bad: true });
  }

  /** Asks for a file and shows what bringing it in would do. */
  choose(list: List): Promise<void> {
    return this.#begin(() => commands.chooseImport(list));
  }

  /** Reads the file with something said otherwise. Gives whether it could be. */
  again(change: (choice: Choice) => Choice | Promise<Choice>): Promise<boolean> {
    return this.#look(async () => {
      const choice = this.#choice;
      return choice && commands.lookAgain(await change(choice));
    });
  }

  /** Reads one sheet, or all that hold a list. */
  read(sheet: string | null): Promise<boolean> {
    return this.#look(() => commands.readSheet(sheet));
  }

  /** What was said of the file that waits. */
  get #choice(): Choice | null {
    const now = this.preview;
    return now && { convert_old_numbers: now.convert_old_numbers, columns: now.layout, units: now.units, on: now.on, reason: now.reason };
  }

  /** Takes a name that the book does not know as that of the unit it comes nearest to. */
  async takeNearest({ value, nearest }: Fault): Promise<boolean> {
    const done = await this.again(async (choice) => {
      const { units } = await commands.directory();
      const meant = units.find(({ unit }) => unit.name === nearest);
      return meant ? { ...choice, units: [...choice.units, [meant.unit.id, value]] } : choice;
    });
    if (!this.preview?.units.some(([, name]) => name === value)) return done;
    const act = () => void this.again((choice) => ({ ...choice, units: choice.units.filter(([, name]) => name !== value) }));
    app.toast(say("ui_import_unit_taken", { name: value, unit: nearest ?? "" }), { offer: { text: say("ui_import_unit_not"), act } });
    return done;
  }

  /** Writes something else into cells of a row. Gives whether it could be. */
  mend(at: number, cells: [column: number, text: string][]): Promise<boolean> {
    return this.#look(async () => {
      let preview: Preview | null = null;
      for (const [column, text] of cells) preview = await commands.mendCell(at, column, text);
      return preview;
    });
  }

  rows(only: RowCase | null, offset: number, limit: number): Promise<PreviewRows> {
    return this.#turn(() => commands.importRows(only, offset, limit));
  }

  /** Writes what is shown. */
  write(done: (imported: Counts) => string): Promise<Counts | undefined> {
    return this.#work(async () => {
      const imported = await app.act(
        app.withProgress(() => commands.writeImport()),
        done,
      );
      if (imported) this.#waiting = null;
      return imported;
    });
  }

  async drop(): Promise<void> {
    await this.#work(() => app.act(commands.dropImport(), null, false));
    this.#waiting = null;
  }

  async #begin(read: () => Promise<Preview | null>): Promise<void> {
    if (await this.#look(read)) route.go("import");
  }

  #look(read: () => Promise<Preview | null>): Promise<boolean> {
    return this.#work(async () => {
      const preview = await app.act(app.withProgress(read), null, false);
      if (preview) this.#waiting = { path: app.frame?.path ?? "", preview };
      return !!preview;
    });
  }

  async #work<T>(work: () => Promise<T>): Promise<T> {
    this.#working += 1;
    try {
      return await this.#turn(work);
    } finally {
      this.#working -= 1;
    }
  }

  /** One after the other: what is said of the file is said of it as it is shown. */
  #turn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

export const importing = new Importing();
