import { ScanSearch } from 'lucide-react';
import type { PlaygroundTask } from '../../task.ts';
import { EntitiesMany } from './many.tsx';
import { EntitiesOne } from './one.tsx';

export const entities: PlaygroundTask<'entities'> = {
  name: 'entities',
  title: 'Entities',
  icon: ScanSearch,
  purpose: 'Cards, accounts, addresses, dates and names in a text, and where they stand.',
  placeholder: 'Paste a message with names, numbers or addresses in it…',
  starter:
    'This is Anna Freeman. Please refund order 00123842 to my card 4111 1111 1111 1111 and write to anna.freeman@example.com by 12 March 2027.',
  usually: { name: 'Patterns and name recogniser', models: ['entities'] },
  options: [
    {
      key: 'kinds',
      label: 'Kinds',
      hint: 'Only these, such as card, email, person; all when empty',
      kind: 'words',
      initially: '',
      list: true,
    },
  ],
  manyInitially: false,
  One: EntitiesOne,
  Many: EntitiesMany,
};
