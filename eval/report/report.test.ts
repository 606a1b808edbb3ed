import { describe, expect, it } from 'vitest';
import { fakeTarget, finished, labelSuite, run, wrongAt } from '../run/fixture.ts';
import { MemoryJournal } from '../run/journal.ts';
import { htmlReport } from './html/report.ts';
import { junitReport } from './junit.ts';
import { markdownReport } from './markdown.ts';

const hostile = '</style><script>alert(1)</script><img src=x onerror=alert(2)> & "quoted" | piped';

async function hostileRun() {
  const suite = labelSuite(90, {
    title: hostile,
    gates: [{ metric: 'accuracy', floor: 0.99, margin: 0.01 }],
  });
  const journal = new MemoryJournal();
  const before = await run(suite, fakeTarget());
  const tally = await run(
    suite,
    fakeTarget((sample, asked) => (asked % 2 ? hostile : wrongAt(0.1, 1)(sample))),
    journal,
  );
  return { report: finished(tally, before), worst: journal.results.slice(0, 5) };
}

describe('a report', () => {
  it('is a page that refers to nothing and runs nothing, whatever was answered', async () => {
    const { report, worst } = await hostileRun();
    const page = htmlReport(report, { scorer: 'accuracy', values: [0, 1, 1], worst });
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/<script|<img|<link|<[^>]+\s(src|href|on\w+)=/);
    expect(page.match(/<\/style>/g)).toHaveLength(1);
    expect(page).toContain('&lt;script&gt;alert(1)');
    expect(page).toContain('Failed: ');
  });

  it('is XML for build servers, one test for each gate', async () => {
    const { report } = await hostileRun();
    const xml = junitReport({
      ...report,
      gates: [{ ...report.gates[0], words: `\u0001${hostile}` }] as typeof report.gates,
    });
    expect(xml).toContain('tests="2" failures="1"');
    expect(xml).not.toContain('\u0001');
    expect(xml).not.toContain('<script');
    expect(xml).toContain('&lt;script&gt;');
  });

  it('is a comment whose tables no answer can break', async () => {
    const { report } = await hostileRun();
    const comment = markdownReport(report);
    expect(comment).toContain('❌');
    const rows = comment.split('\n').filter((line) => line.startsWith('| accuracy'));
    expect(rows).toHaveLength(1);
    expect(comment).toContain('Worse by');
  });
});
