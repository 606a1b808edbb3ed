import type { ModelStatus } from '#contracts';
import { formatBytes, formatCount, formatLanguage, formatMs, plural } from '../ui/format.ts';

/** What one compares models by, as name and value. */
export function factsOf(model: ModelStatus): [string, string][] {
  const facts: [string, string | undefined][] = [
    ['Licence', model.licence],
    ['Size', model.bytes > 0 ? formatBytes(model.bytes) : undefined],
    ['Languages', model.languages.map(formatLanguage).join(', ') || 'not stated'],
    ['Number format', model.dtype === 'unknown' ? undefined : model.dtype],
    ['Reads up to', `${formatCount(model.maxTokens)} tokens`],
    ['Dimensions', model.dimensions ? formatCount(model.dimensions) : undefined],
    ['Labels', model.labels?.join(', ')],
    ['Engine', model.engine],
    ['Source', model.source],
    ['Revision', model.revision],
  ];
  return facts.filter((fact): fact is [string, string] => fact[1] !== undefined);
}

/** How it does on this server: what it takes, and how fast it was over what it has answered so far. */
export function servingFactsOf({ workers, memoryBytes, loadMs, served }: ModelStatus): [string, string][] {
  const seconds = served.busyMs / 1000;
  const perSecond = (count: number) => formatCount(Math.round(count / seconds));
  const facts: [string, string | undefined][] = [
    ['Held by', plural(workers, 'worker')],
    ['Memory', memoryBytes ? `${formatBytes(memoryBytes)} a worker` : undefined],
    ['Loaded in', loadMs === undefined ? undefined : formatMs(loadMs)],
    ['Answered', plural(served.texts, 'text')],
    [
      'Speed of one worker',
      seconds > 0
        ? `${perSecond(served.texts)} texts, ${perSecond(served.tokens)} tokens a second`
        : 'nothing asked yet',
    ],
  ];
  return facts.filter((fact): fact is [string, string] => fact[1] !== undefined);
}

export function Facts({ facts, className }: { facts: [string, string][]; className: string }) {
  return (
    <dl className={className}>
      {facts.map(([name, value]) => (
        <div key={name} className="min-w-0">
          <dt className="text-faint text-xs">{name}</dt>
          <dd className="break-words font-medium">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
