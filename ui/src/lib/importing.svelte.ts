// The file that was chosen and waits for a yes. The core holds its rows; here is what it is about.
import { commands, type ListKind, type Preview } from "./api";
import { desk } from "./desk.svelte";
import { place } from "./place.svelte";

export const LISTS: ListKind[] = ["people", "units", "roster"];

class Importing {
  #waiting = $state.raw<{ path: string; preview: Preview } | null>(null);

  /** What waits in the open book; a file chosen in another book does not count. */
  get preview(): Preview | null {
    return this.#waiting && this.#waiting.path === desk.frame?.path ? this.#waiting.preview : null;
  }

  /** Asks for a file and shows what bringing it in would do. */
  async choose(list: ListKind): Promise<void> {
    const preview = await desk.act(
      desk.long(() => commands.chooseImport(list)),
      null,
      false,
    );
    if (!preview) return;
    this.#waiting = { path: desk.frame?.path ?? "", preview };
    place.go("import");
  }

  forget(): void {
    this.#waiting = null;
  }
}

export const importing = new Importing();
