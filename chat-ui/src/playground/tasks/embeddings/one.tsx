import type { EmbeddingsResult } from '#contracts';
import { CopyButton } from '../../../ui/copy.tsx';
import { formatSigned } from '../../../ui/format.ts';
import { HeatField } from './heat.tsx';
import { lengthOf, vectorOf } from './vectors.ts';

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt className="text-faint text-xs">{name}</dt>
      <dd className="figures font-semibold">{value}</dd>
    </div>
  );
}

/** One vector: its shape, its figures and its first numbers. */
export function EmbeddingsOne({ result }: { result: EmbeddingsResult; text: string }) {
  const vector = vectorOf(result);
  return (
    <div className="space-y-4 p-4 sm:p-5">
      <div className="flex flex-wrap items-start justify-between gap-4">
        <dl className="flex flex-wrap gap-x-8 gap-y-3">
          <Figure name="Dimensions" value={String(vector.length)} />
          <Figure name="Length" value={lengthOf(vector).toFixed(3)} />
          <Figure name="Least" value={formatSigned(Math.min(...vector), 3)} />
          <Figure name="Greatest" value={formatSigned(Math.max(...vector), 3)} />
        </dl>
        <CopyButton text={() => JSON.stringify(vector)} what="vector" variant="secondary" showLabel />
      </div>
      <HeatField vector={vector} />
      <p className="figures truncate font-mono text-faint text-xs">
        [
        {vector
          .slice(0, 12)
          .map((value) => value.toFixed(4))
          .join(', ')}
        , …]
      </p>
    </div>
  );
}
