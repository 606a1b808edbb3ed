import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { chatOver, chunksOf, customer, eventsOf, gate, message } from '../../services/chat/fixture.ts';
import { textOf } from '../../services/chat/generation.ts';
import { openDatabase } from '../../services/db/index.ts';
import { postgresForTests, type TestPostgres } from '../postgres.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const server = await postgresForTests();
afterAll(() => server?.stop());

describe.skipIf(!server)('conversations on a server', () => {
  it('are answered by one process, read and stopped by another, side by side without a gap', async () => {
    const { appUrl, ownerUrl } = await (server as TestPostgres).createDatabase();
    const open = (databaseOwnerUrl?: string) =>
      openDatabase({ root, dataDir: 'unused', databaseUrl: appUrl, databaseOwnerUrl });
    const [first, second] = [await open(ownerUrl), await open()];
    const held = gate();
    const [one, two] = [chatOver(first, { pace: held.pace }), chatOver(second)];
    const who = customer('t');
    try {
      held.open();
      const all = await Promise.all(
        Array.from({ length: 20 }, async (_, at) => {
          const { chat } = at % 2 ? one : two;
          return await chunksOf(await chat.send(who, message(`c${at % 4}`, 'restart the Hub')));
        }),
      );
      for (const chunks of all) expect(chunks.at(-1)).toMatchObject({ type: 'finish' });
      for (const id of ['c0', 'c1', 'c2', 'c3']) {
        const seqs = (await eventsOf(first, 't', id)).map(({ seq }) => seq);
        expect(seqs).toEqual(seqs.map((_, at) => at + 1));
        expect(seqs.length).toBeGreaterThanOrEqual(1 + 5 * 3);
      }

      held.close();
      const reading = chunksOf(await one.chat.send(who, message('c9', 'restart the Hub')));
      const resumed = async () => await two.chat.resume(who, 'c9');
      await expect.poll(async () => (await resumed()) !== null, { timeout: 20_000 }).toBe(true);
      const elsewhere = chunksOf(await resumed());
      held.open();
      expect(textOf(await elsewhere)).toBe(textOf(await reading));
      expect(textOf(await reading)).toContain('3. Plug it in.');

      await expect(two.chat.stop(customer('t', 'eve'), 'c9')).rejects.toMatchObject({ code: 'not_found' });
    } finally {
      held.open();
      await Promise.all([one.chat.close(), two.chat.close()]);
      await Promise.all([first.close(), second.close()]);
    }
  });
});
