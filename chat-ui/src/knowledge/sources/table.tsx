import type { Source } from '#contracts';
import { leaving } from '../../ui/undoable.ts';
import { SourceRow } from './row.tsx';

const columns = [
  { title: 'Section', className: 'hidden md:table-cell' },
  { title: 'Language', className: 'hidden md:table-cell' },
  { title: 'Kind', className: 'hidden lg:table-cell' },
  { title: 'Passages', className: 'hidden text-right md:table-cell' },
  { title: 'State', className: 'hidden md:table-cell' },
  { title: 'Updated', className: 'hidden lg:table-cell' },
];

interface SourceTableProps {
  sources: Source[];
  editable: boolean;
  onDelete: (source: Source) => void;
}

export function SourceTable({ sources, editable, onDelete }: SourceTableProps) {
  const gone = leaving.use();
  return (
    <table className="w-full text-left">
      <caption className="sr-only">Documents of the knowledge base</caption>
      <thead className="text-faint text-xs">
        <tr className="border-line border-b">
          <th scope="col" className="py-2 pr-3 pl-4 font-medium sm:pl-5">
            Title
          </th>
          {columns.map(({ title, className }) => (
            <th key={title} scope="col" className={`px-3 py-2 font-medium ${className}`}>
              {title}
            </th>
          ))}
          <th scope="col">
            <span className="sr-only">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {sources
          .filter((source) => !gone.has(source.id))
          .map((source) => (
            <SourceRow
              key={source.id}
              source={source}
              editable={editable}
              onDelete={() => onDelete(source)}
            />
          ))}
      </tbody>
    </table>
  );
}
