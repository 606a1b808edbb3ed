import { NotebookText } from 'lucide-react';
import type { PlaygroundTask } from '../../task.ts';
import { SummariesMany } from './many.tsx';
import { SummaryOne } from './one.tsx';

export const summaries: PlaygroundTask<'summaries'> = {
  name: 'summaries',
  title: 'Summaries',
  icon: NotebookText,
  purpose: 'The sentences that say most, where they stand, and what came of a conversation.',
  placeholder: 'Paste an article, a report or the transcript of a conversation…',
  starter: [
    'Customer: Hi, my parcel should have been here on Monday and the tracking has not moved for four days.',
    'Agent: Good morning! I am sorry about that. May I have the order number, please?',
    'Customer: It is 48213. I took a day off for this and nobody came, which is really annoying.',
    'Agent: Thank you. The courier lost the label. I have sent a replacement by express today.',
    'Customer: Oh, that is quick. And the delivery fee?',
    'Agent: I have refunded the fee to your card. You will get an e-mail with the new tracking number within two hours.',
    'Customer: Perfect, thank you, that was much easier than I expected!',
  ].join('\n'),
  usually: { name: 'By its own sentences', models: ['summaries', 'chat'] },
  options: [
    {
      key: 'kind',
      label: 'What it is',
      hint: 'In a transcript each turn is a line such as “Customer: words”',
      kind: 'choice',
      initially: 'conversation',
      choices: [
        { value: 'text', label: 'A text' },
        { value: 'conversation', label: 'A conversation' },
      ],
    },
    {
      key: 'customer',
      label: 'Customer',
      hint: 'Of a conversation: who the customer is, where the names do not say it',
      kind: 'words',
      initially: '',
    },
  ],
  manyInitially: false,
  One: SummaryOne,
  Many: SummariesMany,
};
