import { Link } from '@tanstack/react-router';
import { Ellipsis, RefreshCw, Trash2 } from 'lucide-react';
import { useRef } from 'react';
import type { Source } from '#contracts';
import { Button } from '../../ui/button.tsx';
import { formatCount, formatLanguage, plural } from '../../ui/format.ts';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { Time } from '../../ui/time.tsx';
import { kinds } from '../kinds.ts';
import { StateBadge } from '../state-badge.tsx';
import { addFiles } from './uploads.ts';

const cell = 'px-3 py-2.5';

interface SourceRowProps {
  source: Source;
  /** Whether whoever looks may change the knowledge base. */
  editable: boolean;
  onDelete: () => void;
}

/** One document. What has no room on a phone is said below the title there. */
export function SourceRow({ source, editable, onDelete }: SourceRowProps) {
  const { icon: Icon, word } = kinds[source.kind];
  return (
    <tr className="group hover:bg-sunken/60">
      <th scope="row" className="w-full max-w-0 py-2.5 pr-3 pl-4 text-left font-normal sm:pl-5">
        <div className="flex items-start gap-3">
          <Icon className="mt-0.5 size-[1.125rem] shrink-0 text-faint" aria-hidden="true" />
          <div className="min-w-0">
            <Link
              to="/knowledge/sources/$source"
              params={{ source: source.id }}
              className="block truncate font-medium hover:text-accent hover:underline"
            >
              {source.title}
            </Link>
            <p className="truncate font-mono text-faint text-xs" title={source.name}>
              {source.name}
            </p>
            {source.problem && <p className="mt-0.5 text-negative text-xs">{source.problem}</p>}
            <p className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-faint text-xs md:hidden">
              <StateBadge state={source.state} />
              <span>{formatLanguage(source.language)}</span>
              {source.section && <span>{source.section}</span>}
              <span>{plural(source.passages, 'passage')}</span>
              <Time at={source.updatedAt} />
            </p>
          </div>
        </div>
      </th>
      <td className={`${cell} hidden whitespace-nowrap text-muted md:table-cell`}>{source.section ?? '—'}</td>
      <td className={`${cell} hidden whitespace-nowrap text-muted md:table-cell`}>
        {formatLanguage(source.language)}
      </td>
      <td className={`${cell} hidden whitespace-nowrap text-muted lg:table-cell`}>{word}</td>
      <td className={`${cell} figures hidden text-right text-muted md:table-cell`}>
        {formatCount(source.passages)}
      </td>
      <td className={`${cell} hidden md:table-cell`}>
        <StateBadge state={source.state} />
      </td>
      <td className={`${cell} hidden whitespace-nowrap text-muted lg:table-cell`}>
        <Time at={source.updatedAt} />
      </td>
      <td className="w-12 py-1.5 pr-2 pl-0 text-right align-top sm:pr-3 md:align-middle">
        {editable && <Actions source={source} onDelete={onDelete} />}
      </td>
    </tr>
  );
}

function Actions({ source, onDelete }: { source: Source; onDelete: () => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Menu
        trigger={
          <Button variant="ghost" size="icon" aria-label={`Actions for “${source.title}”`}>
            <Ellipsis aria-hidden="true" />
          </Button>
        }
      >
        <MenuItem onSelect={() => input.current?.click()}>
          <RefreshCw aria-hidden="true" /> Replace the file
        </MenuItem>
        <MenuSeparator />
        <MenuItem onSelect={onDelete} danger>
          <Trash2 aria-hidden="true" /> Delete
        </MenuItem>
      </Menu>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={`New file for “${source.title}”`}
        accept={kinds[source.kind].extensions.join(',')}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file) addFiles([{ file, name: source.name }]);
          target.value = '';
        }}
      />
    </>
  );
}
