import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

export type NameKind = 'person' | 'place' | 'organization';
export interface Marked {
  start: number;
  end: number;
  /** `ignore` where the annotation means something else than we do: neither trained on nor counted. */
  kind: NameKind | 'ignore';
}
/** A text with its names. */
export interface MarkedText {
  text: string;
  marks: Marked[];
}

const lines = (data: string, name: string) => {
  const file = join(data, name);
  if (existsSync(file)) return gunzipSync(readFileSync(file)).toString('utf8').split('\n').filter(Boolean);
  console.warn(`Left out: ${file} is not there.`);
  return [];
};

const hwuKinds: Record<string, Marked['kind']> = {
  person: 'person',
  place_name: 'place',
  business_name: 'organization',
  transport_agency: 'organization',
  artist_name: 'ignore',
  media_type: 'ignore',
  relation: 'ignore',
  app_name: 'ignore',
  radio_name: 'ignore',
  podcast_name: 'ignore',
  song_name: 'ignore',
  movie_name: 'ignore',
  book_name: 'ignore',
  playlist_name: 'ignore',
  game_name: 'ignore',
  event_name: 'ignore',
  email_address: 'ignore',
  time_zone: 'ignore',
  news_topic: 'ignore',
  list_name: 'ignore',
  definition_word: 'ignore',
};

/** HWU64: the annotation is in small letters and spells numbers out, so values are looked for in the text; rows where one is not found are left out. */
export function readHwu(data: string, part: 'train' | 'test'): MarkedText[] {
  return lines(data, `intents/hwu64.${part}.jsonl.gz`).flatMap((line) => {
    const { text, annotated } = JSON.parse(line) as { text: string; annotated: string };
    const marks: Marked[] = [];
    let from = 0;
    for (const [, slot = '', value = ''] of annotated.matchAll(/\[\s*(\w+)\s*:\s*([^\]]+?)\s*\]/g)) {
      const kind = hwuKinds[slot];
      if (!kind) continue;
      const wanted = value.replace(/'s$/, '');
      const start = text.toLowerCase().indexOf(wanted, from);
      if (start < 0) {
        if (kind === 'ignore') continue;
        return [];
      }
      from = start + wanted.length;
      marks.push({ start, end: from, kind });
    }
    return [{ text, marks }];
  });
}

const sgdKinds: [pattern: RegExp, kind: Marked['kind']][] = [
  [/^(?:location|.*_city|city|where_to|.*_airport_name|area)$/, 'place'],
  [/^(?:restaurant_name|hotel_name|place_name|attraction_name|theater_name|venue)$/, 'organization'],
  [
    /^(?:directed_by|cast|starring|actors|artist|stylist_name|therapist_name|doctor_name|dentist_name)$/,
    'person',
  ],
  [/(?:title|movie|address|destination|origin|genre|album|song|name)/, 'ignore'],
];

/** Schema-Guided Dialogue, one turn a text. */
export function readSchemaGuided(
  data: string,
  part: 'dev-dialogues_001' | 'test-dialogues_010',
): MarkedText[] {
  type Turn = {
    utterance: string;
    frames: { slots: { slot: string; start: number; exclusive_end: number }[] }[];
  };
  const dialogues = JSON.parse(lines(data, `support/schema-guided.${part}.json.gz`).join('') || '[]') as {
    turns: Turn[];
  }[];
  return dialogues.flatMap(({ turns }) =>
    turns.map(({ utterance, frames }) => ({
      text: utterance,
      marks: frames.flatMap(({ slots }) =>
        slots.flatMap(({ slot, start, exclusive_end }) => {
          const kind = sgdKinds.find(([pattern]) => pattern.test(slot))?.[1];
          return kind ? [{ start, end: exclusive_end, kind }] : [];
        }),
      ),
    })),
  );
}

/** Multilingual task-oriented dialogue: places are marked, people are not. */
export function readTod(data: string, part: 'train-es' | 'test-es' | 'test-en'): MarkedText[] {
  return lines(data, `support/multilingual-tod.${part}.tsv.gz`).map((line) => {
    const [, slots = '', text = ''] = line.split('\t');
    const marks = slots.split(',').flatMap((slot): Marked[] => {
      const [start, end, name = ''] = slot.split(':');
      const kind = name === 'location' ? 'place' : name.startsWith('reminder/todo') ? 'ignore' : undefined;
      return kind ? [{ start: Number(start), end: Number(end), kind }] : [];
    });
    return { text, marks };
  });
}

const bitextKinds: Record<string, NameKind> = {
  person_name: 'person',
  delivery_city: 'place',
  delivery_country: 'place',
};

export function readBitext(data: string, part: 'train' | 'test'): MarkedText[] {
  return lines(data, `intents/bitext-support.${part}.jsonl.gz`).map((line) => {
    const row = JSON.parse(line) as Record<string, string>;
    const kind = bitextKinds[row.entity_type ?? ''];
    const title = /^(?:mr|mrs|ms)\.? /i.exec(row.entity_value ?? '')?.[0].length ?? 0;
    const mark = { start: Number(row.start_offset) + title, end: Number(row.end_offset), kind };
    return { text: row.utterance ?? '', marks: kind ? [mark as Marked] : [] };
  });
}

/** Utterances in which hardly anybody is named. */
export const readPlain = (data: string): MarkedText[] =>
  lines(data, 'intents/banking77.train.jsonl.gz').map((line) => ({ text: JSON.parse(line).text, marks: [] }));

export const readTatoeba = (data: string): { en: string; es: string }[] =>
  lines(data, 'translation/tatoeba-en-es.train.jsonl.gz').map((line) => {
    const { en, es } = JSON.parse(line);
    return { en, es: Array.isArray(es) ? es[0] : es };
  });
