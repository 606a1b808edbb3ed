import type { Source } from '#contracts';
import { CopyButton } from '../../ui/copy.tsx';
import { formatBytes, formatCount, formatLanguage } from '../../ui/format.ts';
import { Time } from '../../ui/time.tsx';
import { kinds } from '../kinds.ts';

/** What is known of a document apart from its text. */
export function SourceFacts({ source }: { source: Source }) {
  const facts = [
    { name: 'Passages', value: formatCount(source.passages) },
    { name: 'Language', value: formatLanguage(source.language) },
    { name: 'Section', value: source.section ?? '—' },
    { name: 'Kind', value: kinds[source.kind].word },
    { name: 'Size', value: formatBytes(source.bytes) },
    { name: 'Updated', value: <Time at={source.updatedAt} /> },
    { name: 'Added', value: <Time at={source.createdAt} /> },
  ];
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-4 p-4 sm:grid-cols-4 sm:p-5">
      {facts.map(({ name, value }) => (
        <div key={name} className="min-w-0">
          <dt className="text-faint text-xs">{name}</dt>
          <dd className="figures break-words font-medium">{value}</dd>
        </div>
      ))}
      <div className="min-w-0">
        <dt className="text-faint text-xs">SHA-256</dt>
        <dd className="flex items-center gap-1">
          <code className="truncate font-mono text-[0.8125rem]" title={source.sha256}>
            {source.sha256.slice(0, 12)}…
          </code>
          <CopyButton text={source.sha256} what="checksum" className="-my-1.5 size-7" />
        </dd>
      </div>
    </dl>
  );
}
