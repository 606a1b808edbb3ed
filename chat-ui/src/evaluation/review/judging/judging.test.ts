import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ParlanceError, type ReviewItem } from '#contracts';
import type { Choice } from '../scale.ts';
import { createJudging, type JudgingCalls, type Notebook } from './judging.ts';

const conflict = () => new ParlanceError('conflict', 'It is not yours.');
const silence = () => new ParlanceError('provider_failed', 'No answer.');

/** A queue of one rater, as the server keeps it. `fails` says of each call whether it is lost on its way there or back. */
function fakeQueue(size: number, fails: () => 'there' | 'back' | null = () => null) {
  const items = Array.from({ length: size }, (_, at) => `i${at}`);
  const said = new Map<string, Choice | 'skipped'>();
  const history: string[] = [];
  let open: string[] = [];
  let closed = false;
  const shown = (id: string): ReviewItem => ({
    ...{ id, number: items.indexOf(id) + 1, input: id, expected: null, judgement: null },
    ...{ answers: [{ output: 'x', error: null }], until: new Date(Date.now() + 900_000).toISOString() },
  });
  const over = async <T>(work: () => T): Promise<T> => {
    const lost = fails();
    if (lost === 'there') throw silence();
    if (closed) throw conflict();
    const answer = work();
    if (lost === 'back') throw silence();
    return answer;
  };
  const calls: JudgingCalls = {
    next: () =>
      over(() => {
        const id = open[0] ?? items.find((each) => !said.has(each));
        if (id === undefined) return null;
        open = [id, ...open.filter((each) => each !== id)];
        return shown(id);
      }),
    judge: (id, choice) =>
      over(() => {
        if (said.get(id) === choice) return;
        if (!open.includes(id)) throw conflict();
        open = open.filter((each) => each !== id);
        said.set(id, choice);
        history.push(`judge ${id} ${choice}`);
      }),
    skip: (id) =>
      over(() => {
        if (!open.includes(id)) throw conflict();
        open = open.filter((each) => each !== id);
        said.set(id, 'skipped');
        history.push(`skip ${id}`);
      }),
    undo: (id) =>
      over(() => {
        if (!said.delete(id)) throw conflict();
        open = [id, ...open];
        history.push(`undo ${id}`);
        return shown(id);
      }),
  };
  const take = (id: string) => {
    open = open.filter((each) => each !== id);
    said.set(id, 'theirs');
  };
  return { calls, said, history, take, close: () => (closed = true) };
}

function fakeNotebook(): Notebook {
  let text: string | null = null;
  return {
    read: () => text,
    write: (next) => {
      text = next;
    },
  };
}

/** Lets everything happen that waits, retries included. */
const settle = () => vi.advanceTimersByTimeAsync(60_000);
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('judging', () => {
  it('leads from item to item until nothing is left', async () => {
    const { calls, history } = fakeQueue(3);
    const notebook = fakeNotebook();
    const { state, choose, skip } = createJudging(calls, notebook);
    await settle();
    expect(state.get()).toMatchObject({ phase: 'judging', item: { id: 'i0' } });
    choose('a');
    // Pressed twice, it is one judgement.
    choose('b');
    await settle();
    skip();
    await settle();
    choose('tie');
    await settle();
    expect(state.get()).toMatchObject({ phase: 'finished', item: null, added: 2, saving: null });
    expect(history).toEqual(['judge i0 a', 'skip i1', 'judge i2 tie']);
  });

  it('takes back what was judged last, with what was said of it', async () => {
    const { calls, history } = fakeQueue(3);
    const { state, choose, write, confirm, undo } = createJudging(calls, fakeNotebook());
    await settle();
    write({ open: true, comment: ' Almost. ' });
    choose('b');
    expect(state.get().phase).toBe('judging');
    confirm();
    await settle();
    choose('a');
    await settle();
    undo();
    await settle();
    expect(state.get()).toMatchObject({ item: { id: 'i1' }, draft: { choice: 'a', open: false }, added: 1 });
    undo();
    await settle();
    expect(state.get()).toMatchObject({
      item: { id: 'i0' },
      draft: { choice: 'b', comment: 'Almost.', open: true },
    });
    choose('a');
    confirm();
    await settle();
    expect(state.get().item?.id).toBe('i1');
    expect(history).toEqual(['judge i0 b', 'judge i1 a', 'undo i1', 'undo i0', 'judge i0 a']);
  });

  it('goes on after a reload where it was, with an open comment', async () => {
    const { calls } = fakeQueue(3);
    const notebook = fakeNotebook();
    const first = createJudging(calls, notebook);
    await settle();
    first.choose('a');
    await settle();
    first.write({ open: true, comment: 'Half a thought' });
    first.stop();
    const second = createJudging(calls, notebook);
    await settle();
    expect(second.state.get()).toMatchObject({ item: { id: 'i1' }, draft: { comment: 'Half a thought' } });
    second.undo();
    await settle();
    expect(second.state.get().item?.id).toBe('i0');
  });

  it('says when somebody else has the item by now', async () => {
    const { calls, take } = fakeQueue(2);
    const { state, choose, again } = createJudging(calls, fakeNotebook());
    await settle();
    take('i0');
    choose('a');
    await settle();
    expect(state.get()).toMatchObject({ item: { id: 'i1' }, notice: 'It is not yours.', added: 0 });
    take('i1');
    again();
    await settle();
    expect(state.get().phase).toBe('finished');
  });

  it('ends with the queue', async () => {
    const { calls, close } = fakeQueue(2);
    const { state, choose } = createJudging(calls, fakeNotebook());
    await settle();
    close();
    choose('a');
    await settle();
    expect(state.get()).toMatchObject({ phase: 'closed', item: null, notice: 'It is not yours.' });
  });

  it('loses nothing and doubles nothing, whatever is lost on the way', async () => {
    const step = fc.tuple(fc.constantFrom('a', 'b', 'tie', 'skip', 'undo', 'reload'), fc.boolean());
    const fate = fc.constantFrom(null, null, 'there', 'back');
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), fc.array(fate), async (steps, fates) => {
        const lost = [...fates];
        const queue = fakeQueue(6, () => lost.shift() ?? null);
        const notebook = fakeNotebook();
        let judging = createJudging(queue.calls, notebook);
        await settle();
        const meant = new Map<string, Choice>();
        for (const [each, patient] of steps) {
          const { item, phase, past } = judging.state.get();
          if (each === 'reload') {
            judging.stop();
            judging = createJudging(queue.calls, notebook);
          } else if (each === 'undo') {
            const last = past.at(-1)?.itemId;
            if (last && (phase === 'judging' || phase === 'finished')) meant.delete(last);
            judging.undo();
          } else if (phase === 'judging' && item) {
            meant.set(item.id, each === 'skip' ? 'skipped' : each);
            if (judging.state.get().draft?.open) judging.write({ open: false });
            if (each === 'skip') judging.skip();
            else judging.choose(each);
          }
          // A page that is left at once must not have lost anything either.
          await (patient ? settle() : vi.advanceTimersByTimeAsync(0));
        }
        await settle();
        judging.stop();
        judging = createJudging(queue.calls, notebook);
        await settle();
        expect([...queue.said].sort()).toEqual([...meant].sort());
        expect(notebook.read() === null || !JSON.parse(notebook.read() ?? '').saving).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
