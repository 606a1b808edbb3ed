import type { EvaluationRun, SampleResult } from '#contracts';
import { canonicalJson, sha256Of } from '../../suite/fingerprint.ts';
import { verdictLine } from '../words.ts';
import { html } from './element.ts';
import { figures, gates, matrix, slices } from './figures.ts';
import { histogram, worst } from './samples.ts';
import { style } from './style.ts';

/** What a report shows of the samples. */
export interface ReportSamples {
  /** The scorer whose values these are. */
  scorer: string;
  /** Of every sample that it scored. */
  values: number[];
  /** Some of the worst. */
  worst: SampleResult[];
}

/** A run as one page that opens from the disk, needs nothing else and prints. */
export function htmlReport(run: EvaluationRun, samples: ReportSamples | null): string {
  const { suite, target, dataset, environment, startedAt } = run;
  const facts = [
    ['Suite', `${suite.suite}, version ${suite.version}`],
    ['Target', target.revision ? `${target.name}, revision ${target.revision}` : target.name],
    ['Rows', `${dataset.rows}, SHA-256 ${dataset.sha256}`],
    ['Licence', suite.dataset.licence ?? 'not said'],
    ['Origin', suite.dataset.origin ?? 'not said'],
    ['Fingerprint', run.fingerprint],
    ['Run', `${run.id}, SHA-256 ${sha256Of(canonicalJson(run))}`],
    ...Object.entries(environment),
  ];
  const page = html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${suite.title} – ${target.name}</title>
<style>${style}</style>
<h1>${suite.title}</h1>
<p class="faint">${target.name} · ${startedAt.slice(0, 16).replace('T', ' ')} UTC${suite.description ? ` · ${suite.description}` : ''}</p>
<p class="verdict ${run.outcome}">${verdictLine(run)}</p>
${gates(run)}
${figures(run)}
${slices(run)}
${run.matrix && matrix(run.matrix)}
${samples && histogram(samples)}
${samples && worst(samples)}
<h2>How to repeat it</h2>
<div class="wide"><table>${facts.map(([name, value]) => html`<tr><th>${name}</th><td>${value}</td></tr>`)}</table></div>
<h2>Signatures</h2>
<div class="wide"><table>${Object.entries(run.metrics).map(
    ([name, { signature, method }]) =>
      html`<tr><th>${name}</th><td><code>${signature}</code>, interval: ${method}</td></tr>`,
  )}</table></div>
</html>
`;
  return page.text;
}
