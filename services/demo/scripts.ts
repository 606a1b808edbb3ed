import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { language, messageText } from '#contracts';

const script = z
  .strictObject({
    title: z.string().min(1),
    customer: z.strictObject({ name: z.string().min(1), language }),
    turns: z.array(z.strictObject({ after_seconds: z.number().min(0), text: messageText })).min(1),
  })
  .transform(({ turns, ...rest }) => ({
    ...rest,
    turns: turns.map(({ after_seconds: afterSeconds, text }) => ({ afterSeconds, text })),
  }));

/** What one customer says, and how long after their turn before. */
export type Script = z.infer<typeof script>;

/** The scripted customers of the sample company in the checkout at `root`, by file name. Throws for a file that is no script. */
export async function readScripts(root: string): Promise<Script[]> {
  const folder = join(root, 'examples', 'orrin', 'conversations');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort();
  return Promise.all(
    names.map(async (name) => script.parse(parse(await readFile(join(folder, name), 'utf8')))),
  );
}
