// Where in the program somebody is: a room, and what is open in it. It lives in the address, so
// that going back works and a reload stays.
export const ROOMS = ["now", "roster", "directory", "incidents", "log", "settings"] as const;
export type Room = (typeof ROOMS)[number];

/** Which rail entry a page belongs to. */
const PAGES: Record<string, Room> = {
  now: "now",
  roster: "roster",
  sheet: "roster",
  directory: "directory",
  people: "directory",
  calls: "directory",
  privacy: "directory",
  unit: "directory",
  person: "directory",
  import: "directory",
  incidents: "incidents",
  incident: "incidents",
  log: "log",
  handover: "log",
  settings: "settings",
};

class Route {
  page = $state("now");
  id = $state("");
  /** How many pages back there is one of ours. */
  depth = 0;
  #going = false;

  constructor() {
    this.#read();
    window.addEventListener("hashchange", () => {
      this.#read();
      this.depth += this.#going ? -1 : 1;
      this.#going = false;
    });
  }

  get room(): Room {
    return PAGES[this.page] ?? "now";
  }

  #read(): void {
    const [page = "", ...rest] = location.hash.replace(/^#\/?/, "").split("/");
    this.page = page in PAGES ? page : "now";
    this.id = decodeURIComponent(rest.join("/"));
  }

  go(page: string, id = ""): void {
    const hash = id ? `#/${page}/${encodeURIComponent(id)}` : `#/${page}`;
    if (hash === location.hash) return;
    location.hash = hash;
    // At once, for the next key may come before the address tells of it.
    this.#read();
  }

  back(): void {
    if (this.depth > 0) {
      this.#going = true;
      history.back();
    } else if (this.page !== this.room) {
      this.go(this.room);
    }
  }
}

export const route = new Route();

/** Opens what was found or named. */
export function openPage(kind: "unit" | "person" | "incident" | "entry", id: string): void {
  route.go(kind === "entry" ? "log" : kind, id);
}
