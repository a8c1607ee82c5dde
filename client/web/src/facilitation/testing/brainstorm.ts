// For tests only: a brainstorm as the server holds it for one person, and browsers with one shelf that several tabs share. The server
// answers when it is told to; until then everything is under way.
import { createStore } from '../../sync/store';
import { CommandRefused, type WorkshopChannel } from '../../sync/workshop';
import type { BrainstormSetup, DraftView, Personal, Shared } from '../../wire/channel';
import { Drafts } from '../drafts';
import type { DraftShelf, KeptDraft } from '../kept-drafts';
import { EMPTY } from './views';

const SETUP: BrainstormSetup = { prompt: 'What hurts?', focus: {}, signed: false };

export class FakeBrainstorm {
  began: number | null = 1000;
  drafts: DraftView[] = [];
  /** Why every draft is refused from now on. */
  refusal: { readonly why: string; readonly rule: string } | null = null;
  readonly heard: string[] = [];
  readonly #tabs: Tab[] = [];
  readonly #unanswered: (() => void)[] = [];

  /** Another page of the same person. */
  tab(shelf: DraftShelf): Tab {
    const tab = new Tab(this, shelf);
    this.#tabs.push(tab);
    return tab;
  }

  /** Answers everything that was sent. */
  async answer(): Promise<void> {
    for (const one of this.#unanswered.splice(0)) one();
    for (let turn = 0; turn < 4; turn += 1) await Promise.resolve();
  }

  /** Shows everyone how it stands. */
  tell(): void {
    for (const tab of this.#tabs) tab.see();
  }

  end(): void {
    this.began = null;
    this.drafts = [];
    this.tell();
  }

  ask(command: Parameters<WorkshopChannel['send']>[0]): Promise<{ done: string }> {
    return new Promise((done, failed) => {
      this.#unanswered.push(() => {
        const refusal = this.#refuses();
        if (refusal !== null) {
          failed(new CommandRefused(refusal.why, refusal.rule));
          return;
        }
        this.#do(command);
        this.tell();
        done({ done: 'r' });
      });
    });
  }

  #refuses() {
    return this.began === null ? { why: 'No brainstorm.', rule: 'DRAFT-2' } : this.refusal;
  }

  #do(command: Parameters<WorkshopChannel['send']>[0]): void {
    if ('dropDraft' in command) {
      const { draft } = command.dropDraft;
      this.heard.push(`drop ${draft}`);
      this.drafts = this.drafts.filter(({ id }) => id !== draft);
    } else if ('writeDraft' in command) {
      const { draft: id, lane, stage, text } = command.writeDraft;
      this.heard.push(`${id}: ${text}`);
      const at = this.drafts.findIndex((draft) => draft.id === id);
      this.drafts =
        at < 0
          ? [...this.drafts, { id, lane, stage, text }]
          : this.drafts.with(at, { id, lane, stage, text });
    }
  }
}

export class Tab {
  readonly shared = createStore<Shared | null>(null);
  readonly personal = createStore<Personal | null>(null);
  readonly isConnected = createStore(true);
  readonly drafts: Drafts;
  readonly #server: FakeBrainstorm;

  constructor(server: FakeBrainstorm, shelf: DraftShelf) {
    this.#server = server;
    const { shared, personal } = this;
    const send: WorkshopChannel['send'] = (command) => server.ask(command);
    this.drafts = new Drafts({ shared, personal, send }, shelf, this.isConnected);
    this.see();
  }

  see(): void {
    const { began, drafts } = this.#server;
    this.personal.set({ participant: 'p1', role: 'participant', drafts: [...drafts] });
    this.shared.set({
      ...EMPTY,
      ...(began === null ? {} : { brainstorm: { setup: SETUP, began } }),
    });
  }

  type(id: string, text: string, lane = 'pains'): void {
    this.drafts.write({ id, lane, stage: 'first', text });
  }

  /** What this page shows. */
  get shown(): readonly string[] {
    return this.drafts.all.get().map(({ text }) => text);
  }

  get left(): readonly string[] {
    return this.drafts.left.get().map(({ text, why }) => `${text} (${why})`);
  }
}

/** Storage of one browser; each call gives one tab's end of it. Tabs hear of each other when `hear` is called, as events come late. */
export class FakeStorage {
  readonly kept = new Map<string, KeptDraft>();
  readonly #ends: { changed: (id: string) => void; readonly news: string[] }[] = [];

  end(): DraftShelf {
    const self = { changed: (_: string) => {}, news: [] as string[] };
    this.#ends.push(self);
    const tell = (id: string): void => {
      for (const end of this.#ends) if (end !== self) end.news.push(id);
    };
    return {
      get: (id) => this.kept.get(id) ?? null,
      all: () => new Map(this.kept),
      put: (id, kept) => {
        this.kept.set(id, kept);
        tell(id);
      },
      letGo: (id, kept) => {
        if (JSON.stringify(this.kept.get(id)) !== JSON.stringify(kept)) return;
        this.kept.delete(id);
        tell(id);
      },
      clear: () => this.kept.clear(),
      follow: (changed) => {
        self.changed = changed;
        return () => {
          self.changed = () => {};
        };
      },
    };
  }

  hear(): void {
    for (const end of this.#ends) for (const id of end.news.splice(0)) end.changed(id);
  }
}
