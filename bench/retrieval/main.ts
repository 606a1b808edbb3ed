import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readParagraphs } from '#eval';
import { evidenceThreshold } from '#nlp';
import { startServices } from './base.ts';
import { measureCompany } from './company.ts';
import { measureRecall, measureRefusal } from './xquad.ts';

/**
 * How well questions find their passage and how well questions without one are refused, through the real ingest and search.
 *   npm run eval:retrieval                   what may be looked at while anything is being chosen
 *   npm run eval:retrieval -- --final        the held-out halves too, written to eval/retrieval/results.json
 *   npm run eval:retrieval -- --only company xquad or company
 * XQuAD (CC BY-SA 4.0) is read from ../shared/data/retrieval and not part of the project.
 */
const root = join(import.meta.dirname, '..', '..');
const data = join(root, '..', 'shared', 'data', 'retrieval');
const words = process.argv.slice(2);
const final = words.includes('--final');
const only = words.includes('--only') ? words[words.indexOf('--only') + 1] : undefined;

const { services, stop } = await startServices();
try {
  const results: Record<string, unknown> = { shippedThreshold: evidenceThreshold };
  const report = (name: string, value: unknown) => {
    results[name] = value;
    console.log(`\n${name}\n${JSON.stringify(value, null, 1)}`);
  };
  if (only !== 'xquad') {
    const company = join(root, 'examples', 'orrin');
    report('company dev', await measureCompany(services, company, 'dev', evidenceThreshold));
    if (final) report('company test', await measureCompany(services, company, 'test', evidenceThreshold));
  }
  for (const language of only === 'company' ? [] : ['en', 'es']) {
    const file = join(data, `xquad.${language}.json.gz`);
    if (!existsSync(file)) {
      console.warn(`\nXQuAD ${language} is not measured: ${file} is not there.`);
      continue;
    }
    const paragraphs = readParagraphs(gunzipSync(readFileSync(file)).toString('utf8'));
    report(`xquad ${language} recall`, await measureRecall(services, language, paragraphs));
    report(
      `xquad ${language} refusal`,
      await measureRefusal(services, language, paragraphs, evidenceThreshold, final),
    );
  }
  if (final && only === undefined) {
    const file = join(root, 'eval', 'retrieval', 'results.json');
    writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
    console.log('\nWritten to eval/retrieval/results.json.');
  }
} finally {
  await stop();
}
