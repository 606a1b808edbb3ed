import { ToggleGroup } from 'radix-ui';
import type { InboxPage, InboxView } from '#contracts';
import { views } from '../search.ts';

const titles: Record<InboxView, string> = { mine: 'Mine', unassigned: 'Unassigned', bot: 'Bot', all: 'All' };

/** Which conversations to list, with how many each view has. */
export function Views({
  view,
  counts,
  onChange,
}: {
  view: InboxView;
  counts: InboxPage['counts'] | undefined;
  onChange: (view: InboxView) => void;
}) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label="Conversations"
      value={view}
      onValueChange={(next) => next && onChange(next as InboxView)}
      className="flex gap-1"
    >
      {views.map((each) => (
        <ToggleGroup.Item
          key={each}
          value={each}
          className="inline-flex h-8 min-w-0 grow items-center justify-center gap-1 rounded-lg px-1.5 font-medium text-[0.8125rem] text-muted hover:bg-sunken hover:text-ink data-[state=on]:bg-accent-soft data-[state=on]:text-accent max-sm:h-11 forced-colors:data-[state=on]:border"
        >
          <span className="truncate">{titles[each]}</span>
          <span className="figures text-xs">{counts?.[each] ?? ''}</span>
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
