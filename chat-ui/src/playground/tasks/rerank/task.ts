import { ListOrdered } from 'lucide-react';
import type { PlaygroundTask } from '../../task.ts';
import { RerankScore, RerankTable } from './results.tsx';

export const rerank: PlaygroundTask<'rerank'> = {
  name: 'rerank',
  title: 'Rerank',
  icon: ListOrdered,
  purpose: 'Texts in the order of how near they are to a query.',
  placeholder: 'One text per line, to be put in order…',
  starter: [
    'Parcels arrive within three working days.',
    'Invoices are sent by e-mail on the first of the month.',
    'You can follow your order with the number in the confirmation.',
    'A return is free within thirty days.',
  ].join('\n'),
  options: [
    {
      key: 'query',
      label: 'Query',
      hint: 'What is looked for',
      kind: 'words',
      initially: 'When will my order be here?',
    },
  ],
  manyInitially: true,
  One: RerankScore,
  Many: RerankTable,
};
