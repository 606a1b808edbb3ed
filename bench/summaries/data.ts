import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** A text to summarize: its sentences, each with the number of its turn in a conversation, and what people wrote as its summary. */
export interface Document {
  id: string;
  /** As it is sent. */
  text: string;
  sentences: string[];
  references: string[];
}

export type Kind = 'text' | 'conversation';

/** A set with the length that every system's summaries of it have. */
export interface Collection {
  name: string;
  kind: Kind;
  budget: { sentences: number } | { words: number };
  documents: Document[];
}

/** SciTLDR and QMSum are written down sentence by sentence and token by token; MTS-Dialog in turns. */
const folder = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'summarization');

/** Abstracts and one-line summaries, several for one abstract (Cachola et al. 2020, Apache-2.0): one sentence. */
export const sciTldr = (split: 'train' | 'dev' | 'test') =>
  collection(`SciTLDR ${split}`, 'text', { sentences: 1 }, [`scitldr.${split}`], (row: SciTldr) => [
    {
      id: row.paper_id,
      text: row.source.join(' '),
      sentences: row.source.filter((sentence) => sentence.trim() !== ''),
      references: row.target,
    },
  ]);

/** Doctor and patient, and the section that was written of it (Ben Abacha et al. 2023, CC BY 4.0): 40 words, the mean of the references for training. */
export const mtsDialog = (split: 'train' | 'dev' | 'test') =>
  collection(
    `MTS-Dialog ${split}`,
    'conversation',
    { words: 40 },
    [`mts-dialog.${split}`],
    (row: MtsDialog) => {
      const lines = row.dialogue.split('\n').map((line) => line.trim());
      const said = lines.map((line) => line.replace(/^[^:]{1,40}:\s*/, ''));
      const text = lines.join('\n');
      // A few are the words of one person only, which no transcript is.
      if (lines.filter((line) => /^[^:]{1,40}:/.test(line)).length < 2) return [];
      return [{ id: row.ID, text, sentences: said.flatMap(sentencesIn), references: [row.section_text] }];
    },
  );

/** Meetings of an hour and what they came to in all (Zhong et al. 2021, MIT): 100 words. Every general question is a row. */
export const qmSum = () =>
  collection(
    'QMSum test, general queries',
    'conversation',
    { words: 100 },
    ['qmsum.Product-test', 'qmsum.Academic-test'],
    ({ meeting_transcripts, general_query_list }: QmSum, at, file) => {
      const turns = meeting_transcripts.map(({ speaker, content }) => ({
        speaker,
        words: detokenized(content),
      }));
      const spoken = turns.filter(({ words }) => /[\p{L}\p{N}]/u.test(words));
      return general_query_list.map(({ answer }, query) => ({
        id: `${file} ${at}/${query}`,
        text: spoken.map(({ speaker, words }) => `${speaker}: ${words}`).join('\n'),
        sentences: spoken.flatMap(({ words }) => sentencesIn(words)),
        references: [answer],
      }));
    },
  );

interface SciTldr {
  paper_id: string;
  source: string[];
  target: string[];
}
interface MtsDialog {
  ID: string;
  section_text: string;
  dialogue: string;
}
interface QmSum {
  meeting_transcripts: { speaker: string; content: string }[];
  general_query_list: { answer: string }[];
}

/** Undefined, and said so, where the data are not there. */
function collection<Row>(
  name: string,
  kind: Kind,
  budget: Collection['budget'],
  files: string[],
  read: (row: Row, at: number, file: string) => Document[],
): Collection | undefined {
  const documents: Document[] = [];
  for (const file of files) {
    const path = join(folder, `${file}.jsonl.gz`);
    if (!existsSync(path)) {
      console.warn(`${name} is not measured: ../shared/data/summarization/${file}.jsonl.gz is not there.`);
      return undefined;
    }
    const lines = gunzipSync(readFileSync(path)).toString('utf8').split('\n').filter(Boolean);
    documents.push(...lines.flatMap((line, at) => read(JSON.parse(line) as Row, at, file)));
  }
  return { name, kind, budget, documents };
}

/** Without the marks of transcribers, and with blanks where people write them: "OK , I 'm" is "OK, I'm". */
const detokenized = (content: string) =>
  content
    .replaceAll(/\{[a-z]+\}/g, ' ')
    .replaceAll(/\s+([,.?!;:])/g, '$1')
    .replaceAll(/\s+(n't|'(?:s|m|re|ve|ll|d|t))\b/g, '$1')
    .replaceAll(/\s+/g, ' ')
    .trim();

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

const sentencesIn = (text: string) =>
  [...segmenter.segment(text)]
    .map(({ segment }) => segment.trim())
    .filter((segment) => /[\p{L}\p{N}]/u.test(segment));
