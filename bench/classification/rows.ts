import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { TaskItem } from '#contracts';
import type { TrainingRow } from '#nlp';
import type { Services } from '#services';

/** Sets of intents, which are read from beside the project and not part of it: banking77 and HWU64 (CC BY 4.0), CLINC150 (CC BY 3.0). */
export const folder = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'intents');
export const isThere = () => existsSync(folder);

/** An intent's name in words; null for a text that is out of scope. */
export interface Labelled {
  text: string;
  label: string | null;
}

export function readIntents(name: string): Labelled[] {
  const lines = gunzipSync(readFileSync(join(folder, `${name}.jsonl.gz`)))
    .toString('utf8')
    .trim()
    .split('\n');
  return lines.map((line) => {
    const { text, label, intent } = JSON.parse(line);
    const said = label ?? intent;
    return { text, label: said === 'oos' ? null : said };
  });
}

/** The rows with their embeddings by the service's default model, as training sees them. */
export async function embedded({ inference }: Services, rows: Labelled[]): Promise<TrainingRow[]> {
  const embeddedRows: TrainingRow[] = [];
  for (let from = 0; from < rows.length; from += 512) {
    const part = rows.slice(from, from + 512);
    const answer = await inference.tasks.run(
      'embeddings',
      { input: part.map(({ text }) => text) },
      { tenant: 'default', lane: 'interactive', timeoutMs: 600_000 },
    );
    const items = (answer as { results: TaskItem<{ vector: number[] }>[] }).results;
    for (const [at, item] of items.entries()) {
      if ('error' in item) throw new Error(item.error.detail);
      embeddedRows.push({ ...(part[at] as Labelled), vector: Float32Array.from(item.result.vector) });
    }
  }
  return embeddedRows;
}

/** As `embedded`; what was embedded before is read from the folder, if one is named, and what was not is kept there. */
export async function embeddedSet(services: Services, name: string, kept?: string): Promise<TrainingRow[]> {
  const rows = readIntents(name);
  const file = kept && join(kept, `${name}.f32`);
  if (!file) return await embedded(services, rows);
  if (!existsSync(file)) {
    const made = await embedded(services, rows);
    writeFileSync(file, Buffer.concat(made.map(({ vector }) => new Uint8Array(vector.buffer))));
    return made;
  }
  const bytes = new Uint8Array(readFileSync(file));
  const vectors = new Float32Array(bytes.buffer);
  const dimensions = vectors.length / rows.length;
  return rows.map((row, at) => ({
    ...row,
    vector: vectors.subarray(at * dimensions, (at + 1) * dimensions),
  }));
}

/** Every fifth row of a class apart from the others: what settings are chosen on where a set has no such rows of its own. */
export function developmentSplit(rows: TrainingRow[]): { train: TrainingRow[]; dev: TrainingRow[] } {
  const seen = new Map<string | null, number>();
  const isDev = rows.map(({ label }) => {
    const count = seen.get(label) ?? 0;
    seen.set(label, count + 1);
    return count % 5 === 0;
  });
  return { train: rows.filter((_, at) => !isDev[at]), dev: rows.filter((_, at) => isDev[at]) };
}

/** `count` rows of each class, others for another draw. */
export function fewOf(rows: TrainingRow[], count: number, draw: number): TrainingRow[] {
  const byLabel = new Map<string | null, TrainingRow[]>();
  for (const row of rows) byLabel.set(row.label, [...(byLabel.get(row.label) ?? []), row]);
  return [...byLabel.values()].flatMap((own) =>
    Array.from({ length: Math.min(count, own.length) }, (_, at) => {
      const place = Math.floor(((at + draw / 3) * own.length) / count) % own.length;
      return own[place] as TrainingRow;
    }),
  );
}
