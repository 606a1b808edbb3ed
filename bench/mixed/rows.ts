import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';

/** What customers wrote in the data sets of a folder: a field `utterance` or `text` of each line. */
export async function utterancesIn(folder: string): Promise<string[]> {
  const texts: string[] = [];
  for (const name of (await readdir(folder)).filter((each) => each.endsWith('.jsonl.gz')).sort()) {
    const lines = createInterface({ input: createReadStream(join(folder, name)).pipe(createGunzip()) });
    for await (const line of lines) {
      const { utterance, text = utterance } = JSON.parse(line) as { utterance?: string; text?: string };
      if (text?.trim()) texts.push(text);
    }
  }
  return texts;
}

/** Writes a table of `count` rows, the texts again and again. */
export async function writeRows(file: string, texts: string[], count: number): Promise<void> {
  const out = createWriteStream(file);
  out.write('id,text\n');
  for (let at = 0; at < count; at++) {
    const text = (texts[at % texts.length] ?? '').replaceAll('"', '""');
    if (!out.write(`${at + 1},"${text}"\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}
