import type { RedactionsResult } from '#contracts';
import { CopyButton } from '../../../ui/copy.tsx';
import { EntityList } from '../entities/list.tsx';

/** The redacted text, the map that would put the values back, and what was taken out. */
export function RedactionOne({ result }: { result: RedactionsResult; text: string }) {
  return (
    <div>
      <div className="flex items-start justify-between gap-4 p-4 sm:p-5">
        <p className="max-h-96 min-w-0 overflow-y-auto whitespace-pre-wrap break-words text-base leading-7">
          {result.text}
        </p>
        <CopyButton text={result.text} what="redacted text" />
      </div>
      {result.map && Object.keys(result.map).length > 0 && (
        <section className="border-line border-t p-4 sm:p-5">
          <h3 className="mb-2 font-semibold">Map</h3>
          <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
            {Object.entries(result.map).map(([token, value]) => (
              <div key={token} className="contents">
                <dt className="font-mono text-accent text-xs">{token}</dt>
                <dd className="break-all">{value}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      <EntityList entities={result.entities} />
    </div>
  );
}
