import { Link } from '@tanstack/react-router';
import { ArrowUpRight } from 'lucide-react';
import type { SearchHit } from '#contracts';
import { Badge } from '../../ui/badge.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { formatLanguage } from '../../ui/format.ts';
import { anchorOf, HeadingPath } from '../source/passage.tsx';
import { EvidenceBar } from './evidence-bar.tsx';
import { ordinal, reasonOf } from './reasons.ts';

interface HitProps {
  hit: SearchHit;
  /** From 1. */
  place: number;
  fusedPlace: number;
  threshold: number;
  scale: number;
}

function Figures({ hit, fusedPlace }: { hit: SearchHit; fusedPlace: number }) {
  const rank = (place: number | null) => (place === null ? '—' : ordinal(place));
  const figures = [
    { name: 'By meaning', value: rank(hit.vectorRank), beside: `cosine ${hit.cosine.toFixed(2)}` },
    {
      name: 'By words',
      value: rank(hit.textRank),
      beside: `${Math.round(hit.coverage * 100)} % of the words`,
    },
    { name: 'Both lists', value: ordinal(fusedPlace), beside: `fused ${hit.fused.toFixed(4)}` },
  ];
  return (
    <dl className="grid grid-cols-3 gap-x-3 lg:grid-cols-1 lg:gap-y-1.5">
      {figures.map(({ name, value, beside }) => (
        <div key={name} className="min-w-0 lg:flex lg:items-baseline lg:justify-between lg:gap-2">
          <dt className="text-faint text-xs">{name}</dt>
          <dd className="figures text-xs">
            <span className="font-semibold">{value}</span>{' '}
            <span className="block text-faint sm:inline">{beside}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** One passage that was found, with everything that put it there. */
export function Hit({ hit, place, fusedPlace, threshold, scale }: HitProps) {
  const { passage } = hit;
  const target = { source: passage.sourceId };
  return (
    <li className="grid grid-cols-1 gap-x-8 gap-y-4 px-4 py-4 sm:px-5 lg:grid-cols-[minmax(0,1fr)_17rem]">
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span
            aria-hidden="true"
            className="figures grid size-6 shrink-0 place-items-center rounded-full bg-neutral-soft font-semibold text-xs"
          >
            {place}
          </span>
          <h3 className="min-w-0 font-semibold">
            <Link
              to="/knowledge/sources/$source"
              params={target}
              hash={anchorOf(passage)}
              className="break-words hover:text-accent hover:underline"
            >
              {passage.title}
            </Link>
          </h3>
          <Badge>{formatLanguage(passage.language)}</Badge>
        </div>
        <HeadingPath headings={passage.headings} className="mt-1 text-muted text-xs" />
        <p
          className="mt-2 line-clamp-4 whitespace-pre-line break-words leading-relaxed"
          lang={passage.language}
        >
          {passage.text}
        </p>
        <p className="mt-2.5 flex flex-wrap items-center gap-x-3 gap-y-2">
          <span className="grow text-muted">
            <span className="inline-block font-medium text-ink first-letter:uppercase">{reasonOf(hit)}</span>
          </span>
          <Link
            to="/knowledge/sources/$source"
            params={target}
            hash={anchorOf(passage)}
            className={cx(buttonClass('ghost', 'small'), '-ml-2.5 sm:ml-0')}
          >
            Open the passage <ArrowUpRight aria-hidden="true" />
          </Link>
        </p>
      </div>
      <div className="space-y-3 lg:border-line lg:border-l lg:pl-6">
        <EvidenceBar evidence={hit.evidence} threshold={threshold} scale={scale} />
        <Figures hit={hit} fusedPlace={fusedPlace} />
      </div>
    </li>
  );
}
