import type { ModelStatus } from '#contracts';
import { formatBytes, formatCount, formatLanguage } from '../ui/format.ts';

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
