import type { Logger } from 'pino';
import { expect, it } from 'vitest';
import { createLog } from './log.ts';

function linesOf(write: (log: Logger) => void): string {
  const lines: string[] = [];
  write(createLog('info', { write: (line: string) => lines.push(line) }));
  return lines.join('');
}

const secrets = /4111|ana@example|612 ?345|12345678Z/;

it('writes no personal data, wherever in a line it is', () => {
  const cause = new Error('the card 4111 1111 1111 1111 was refused');
  const text = linesOf((log) => {
    log.error(
      { err: new Error('Unexpected token in "I am ana@example.com"', { cause }) },
      'failed for 12345678Z',
    );
    log.warn({ path: '/api/v1/people/ana@example.com', deep: { list: ['call +34 612 345 678'] } }, 'odd');
    log.info('%s wrote', 'ana@example.com');
  });
  expect(text).not.toMatch(secrets);
  for (const label of ['[EMAIL]', '[CARD]', '[PHONE]', '[DNI]']) expect(text).toContain(label);
  expect(text).toContain('stack');
});

it('leaves what a log is for', () => {
  const line = {
    requestId: 'req_0f9d1c1e-6f6b-4f0e-9a53-000000000001',
    path: '/api/v1/sentiment',
    ms: 12,
    status: 500,
  };
  const text = linesOf((log) => log.warn({ ...line, at: '2026-11-30T10:00:00Z', host: '127.0.0.1' }, 'slow'));
  expect(JSON.parse(text)).toMatchObject({
    ...line,
    at: '2026-11-30T10:00:00Z',
    host: '127.0.0.1',
    msg: 'slow',
  });
});

it('bears what refers to itself', () => {
  const line: Record<string, unknown> = { name: 'a' };
  line.self = line;
  expect(linesOf((log) => log.info(line, 'round'))).toContain('round');
});
