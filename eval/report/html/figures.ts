import type { ConfusionMatrix, EvaluationRun, Measurement } from '#contracts';
import { withInterval } from '../words.ts';
import { type Html, html } from './element.ts';

export function gates({ gates: all }: EvaluationRun): Html | null {
  if (all.length === 0) return null;
  const rows = all.map(
    ({ outcome, words }) => html`<tr><td class="${outcome}">${outcome}</td><td>${words}</td></tr>`,
  );
  return html`<h2>Gates</h2><div class="wide"><table>${rows}</table></div>`;
}

/** Every metric with its interval, drawn where it lies between 0 and 1, and beside the run it is compared with. */
export function figures({ metrics, comparison }: EvaluationRun): Html {
  const rows = Object.entries(metrics).map(([name, each]) => {
    const pair = comparison?.metrics.find(({ metric, slice }) => metric === name && slice === null);
    return html`<tr><th>${name}</th><td class="number">${withInterval(each)}</td><td>${scale(each)}</td><td class="number">${each.rows}</td>
<td>${pair ? html`<span class="${pair.verdict}">${pair.words}</span>` : ''}</td></tr>`;
  });
  const against = comparison ? `compared with ${comparison.against.label}` : '';
  return html`<h2>Figures</h2><div class="wide"><table><tr><th>metric</th><th>value (95 %)</th><th></th><th>rows</th><th>${against}</th></tr>${rows}</table></div>`;
}

function scale({ value, low, high, method }: Measurement): Html | null {
  if (method === 'none' || low < 0 || high > 1) return null;
  const percent = (share: number) => (share * 100).toFixed(1);
  return html`<span class="scale"><i style="left:${percent(low)}%;width:${percent(high - low)}%"></i><b style="left:${percent(value)}%"></b></span>`;
}

export function slices({ slices: all, metrics, comparison }: EvaluationRun): Html | null {
  const names = Object.keys(metrics);
  const tables = Object.entries(all).map(([slice, values]) => {
    const rows = Object.entries(values).map(([value, { rows: count, metrics: each }]) => {
      const cells = names.map((name) => {
        const measured = each[name];
        const pair = comparison?.metrics.find(
          (one) => one.metric === name && one.slice === `${slice}=${value}`,
        );
        return html`<td class="number ${pair?.verdict ?? ''}">${measured ? withInterval(measured) : '–'}</td>`;
      });
      return html`<tr><th>${value}</th><td class="number">${count}</td>${cells}</tr>`;
    });
    return html`<h2>By ${slice}</h2><div class="wide"><table><tr><th></th><th>rows</th>${names.map((name) => html`<th>${name}</th>`)}</tr>${rows}</table></div>`;
  });
  return tables.length > 0 ? html`${tables}` : null;
}

export function matrix({ labels, counts }: ConfusionMatrix): Html {
  const columns = [...labels, 'no answer'].slice(0, counts[0]?.length ?? 0);
  const rows = counts.map((row, index) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    const cells = row.map((count) => {
      const share = total > 0 ? count / total : 0;
      return html`<td style="background:color-mix(in srgb, var(--bar) ${(share * 60).toFixed(0)}%, transparent)">${count}</td>`;
    });
    return html`<tr><th>${labels[index]}</th>${cells}</tr>`;
  });
  return html`<h2>What was taken for what</h2><p class="faint">Expected in rows, answered in columns.</p>
<div class="wide"><table class="matrix"><tr><th></th>${columns.map((label) => html`<th>${label}</th>`)}</tr>${rows}</table></div>`;
}
