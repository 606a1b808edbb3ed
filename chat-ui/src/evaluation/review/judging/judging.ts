import { asParlanceError, type ReviewItem } from '#contracts';
import { createStore, type Store } from '../../../ui/store.ts';
import type { Choice } from '../scale.ts';
import { type Draft, type Kept, mostPast, readKept, type Saying } from './sayings.ts';

/** The calls that judging needs. */
export interface JudgingCalls {
  next(): Promise<ReviewItem | null>;
  judge(item: string, choice: Choice, comment: string): Promise<unknown>;
  skip(item: string): Promise<unknown>;
  undo(item: string): Promise<ReviewItem>;
}

/** Where what was said is written down. */
export interface Notebook {
  read(): string | null;
  write(text: string | null): void;
}

export interface JudgingState extends Kept {
  /** `asking` for the next item or `saving` what was said; `waiting` to try that again. */
  phase: 'asking' | 'judging' | 'saving' | 'waiting' | 'finished' | 'closed' | 'failed';
  item: ReviewItem | null;
  /** Why it waits or failed. */
  problem: unknown;
  /** Something that the rater has to know of, such as an item that went to somebody else. */
  notice: string | null;
  /** How many judgements this page has added and taken back. */
  added: number;
}

export interface Judging {
  state: Store<JudgingState>;
  /** Marks a choice, and says it unless a comment is open. */
  choose(choice: Choice): void;
  /** Says what is marked. */
  confirm(): void;
  write(change: Partial<Pick<Draft, 'comment' | 'open'>>): void;
  skip(): void;
  /** Goes back to what was judged or skipped last. */
  undo(): void;
  /** Asks anew for an item, or tries at once what waits. */
  again(): void;
  stop(): void;
}

const firstWaitMs = 1000;
const longestWaitMs = 20_000;
/** Failures that go by without anybody's doing. */
const passing = new Set([
  ...['provider_failed', 'timeout', 'overloaded', 'internal', 'unauthorized', 'cancelled', 'storage_full'],
]);

/**
 * One rater's way through a queue. What is said is written down before it is sent, and sent until the server has it: saying the
 * same twice changes nothing there, so that nothing is lost and nothing doubled.
 */
export function createJudging(calls: JudgingCalls, notebook: Notebook): Judging {
  const state = createStore<JudgingState>({
    ...readKept(notebook.read()),
    ...{ phase: 'asking', item: null, problem: null, notice: null, added: 0 },
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waitMs = firstWaitMs;
  let stopped = false;

  const change = (to: Partial<JudgingState>) => {
    if (stopped) return;
    state.set({ ...state.get(), ...to });
    const { saving, past, draft } = state.get();
    const empty = !saving && !draft && past.length === 0;
    notebook.write(empty ? null : JSON.stringify({ saving, past, draft }));
  };
  const show = (item: ReviewItem | null, draft?: Draft) => {
    const kept = state.get().draft;
    const own = draft ?? (kept?.itemId === item?.id ? kept : null);
    change({ item, draft: own ?? null, phase: item ? 'judging' : 'finished', problem: null });
  };

  /** Does what is to be done until the rater has an item before them. */
  async function proceed(): Promise<void> {
    clearTimeout(timer);
    const { saving } = state.get();
    change({ phase: saving ? 'saving' : 'asking', problem: null });
    try {
      const reopened = saving ? await deliver(saving) : null;
      if (reopened === null) show(await calls.next());
      // It was taken back by a request whose answer was lost.
      if (saving?.action === 'undo' && state.get().item?.id === saving.itemId) change({ notice: null });
      waitMs = firstWaitMs;
    } catch (error) {
      refused(error);
    }
  }

  /** Sends what was said. Answers true when it has put an item before the rater. */
  async function deliver(saying: Saying): Promise<true | null> {
    const { itemId, choice, comment } = saying;
    const { past, added } = state.get();
    if (saying.action === 'undo') return await takeBack(itemId);
    try {
      if (saying.action === 'judge') await calls.judge(itemId, choice ?? '', comment);
      else await calls.skip(itemId);
    } catch (error) {
      const { code, message } = asParlanceError(error);
      // An item that was skipped already was skipped by the request whose answer was lost.
      if (code !== 'conflict') throw error;
      change({ saving: null, draft: null, notice: saying.action === 'judge' ? message : null });
      return null;
    }
    const said = [...past.filter((each) => each.itemId !== itemId), saying].slice(-mostPast);
    change({
      ...{ saving: null, draft: null, past: said },
      added: added + Number(saying.action === 'judge'),
    });
    return null;
  }

  async function takeBack(itemId: string): Promise<true | null> {
    const { past, added } = state.get();
    const said = past.find((each) => each.itemId === itemId);
    const rest = past.filter((each) => each !== said);
    const { choice = null, comment = '' } = said ?? {};
    const draft = { itemId, choice, comment, open: comment !== '' };
    try {
      const item = await calls.undo(itemId);
      const wasJudged = said?.action === 'judge';
      change({ saving: null, past: rest, added: added - Number(wasJudged) });
      show(item, draft);
      return true;
    } catch (error) {
      const { code, message } = asParlanceError(error);
      if (code !== 'conflict') throw error;
      change({ saving: null, past: rest, draft, notice: message });
      return null;
    }
  }

  /** Asks anew for the item whose time is over. Somebody else may have it by now. */
  async function renew(): Promise<void> {
    const before = state.get().item;
    await proceed();
    const { phase, item } = state.get();
    if (before && phase === 'judging' && item?.id !== before.id)
      change({ notice: 'Somebody else has the item by now. This is another one.' });
  }

  function refused(error: unknown): void {
    if (stopped) return;
    const { code } = asParlanceError(error);
    if (code === 'conflict') change({ phase: 'closed', item: null, problem: null });
    else if (!passing.has(code)) change({ phase: 'failed', saving: null, problem: error });
    else {
      change({ phase: 'waiting', problem: error });
      timer = setTimeout(() => void proceed(), waitMs);
      waitMs = Math.min(longestWaitMs, waitMs * 2);
    }
  }

  const draftOf = (): Draft | null => {
    const { phase, item, draft } = state.get();
    if (phase !== 'judging' || !item) return null;
    return draft ?? { itemId: item.id, choice: null, comment: '', open: false };
  };
  const say = (saving: Saying) => {
    change({ saving, notice: null });
    void proceed();
  };
  const sayDraft = (draft: Draft) => {
    if (draft.choice === null) return change({ draft });
    change({ draft });
    say({ itemId: draft.itemId, action: 'judge', choice: draft.choice, comment: draft.comment.trim() });
  };

  void proceed();
  return {
    state,
    choose(choice) {
      const draft = draftOf();
      if (!draft) return;
      if (draft.open) change({ draft: { ...draft, choice } });
      else sayDraft({ ...draft, choice });
    },
    confirm() {
      const draft = draftOf();
      if (draft) sayDraft(draft);
    },
    write(to) {
      const draft = draftOf();
      if (draft) change({ draft: { ...draft, ...to } });
    },
    skip() {
      const draft = draftOf();
      if (draft) say({ itemId: draft.itemId, action: 'skip', choice: null, comment: '' });
    },
    undo() {
      const { phase, past } = state.get();
      const last = past.at(-1);
      if (!last || (phase !== 'judging' && phase !== 'finished')) return;
      say({ itemId: last.itemId, action: 'undo', choice: null, comment: '' });
    },
    again() {
      if (state.get().phase === 'saving' || state.get().phase === 'asking') return;
      waitMs = firstWaitMs;
      void renew();
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
