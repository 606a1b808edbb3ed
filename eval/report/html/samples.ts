import type { SampleResult } from '#contracts';
import { figure } from '../words.ts';
import { type Html, html } from './element.ts';
import type { ReportSamples } from './report.ts';

const bins = 20;

/** How the values of single samples are distributed. */
export function histogram({ scorer, values }: ReportSamples): Html | null {
  if (values.length === 0) return null;
  const least = values.reduce((a, b) => Math.min(a, b), 0);
  const most = values.reduce((a, b) => Math.max(a, b), 1);
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) {
    const bin = Math.min(bins - 1, Math.floor(((value - least) / (most - least)) * bins));
    counts[bin] = (counts[bin] as number) + 1;
  }
  const highest = Math.max(...counts);
  const bars = counts.map(
    (count) => html`<span style="height:${((count / highest) * 100).toFixed(1)}%" title="${count}"></span>`,
  );
  return html`<h2>${scorer}, sample by sample</h2><div class="bins" role="img" aria-label="${values.length} samples between ${figure(least)} and ${figure(most)}">${bars}</div>
<p class="faint">${figure(least)} on the left, ${figure(most)} on the right.</p>`;
}

/** The samples that did worst, each with what was asked, expected and said. */
export function worst({ scorer, worst: samples }: ReportSamples): Html | null {
  if (samples.length === 0) return null;
  const shown = samples.map(({ id, input, expected, answer, scores }: SampleResult) => {
    const { value, reason } = scores[scorer] ?? { value: null };
    const said = answer.error ? `${answer.error.code}: ${answer.error.detail}` : text(answer.output);
    return html`<details><summary>${id} · ${value === null ? 'no score' : figure(value)}${reason ? ` · ${reason}` : ''}</summary>
<p class="faint">asked</p><pre>${text(input)}</pre><p class="faint">expected</p><pre>${text(expected)}</pre><p class="faint">said</p><pre>${said}</pre></details>`;
  });
  return html`<h2>The worst samples</h2>${shown}`;
}

const longest = 4000;

function text(value: unknown): string {
  const whole = typeof value === 'string' ? value : JSON.stringify(value, null, 1);
  return whole.length > longest ? `${whole.slice(0, longest)}… (${whole.length} characters)` : whole;
}
