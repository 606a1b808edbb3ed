import { Smile } from 'lucide-react';
import type { PlaygroundTask } from '../../task.ts';
import { SentimentTable } from './many.tsx';
import { SentimentVerdict } from './one.tsx';

export const sentiment: PlaygroundTask<'sentiment'> = {
  name: 'sentiment',
  title: 'Sentiment',
  icon: Smile,
  purpose: 'Is a text negative, neutral or positive, how strongly, and which words say so.',
  placeholder: 'Paste a message, a review or a whole conversation turn…',
  starter:
    'I waited forty minutes and nobody could find my order. To be fair, the agent who called me back was kind and solved it at once.',
  options: [
    {
      key: 'explain',
      label: 'Explain',
      hint: 'Show the words that carried the verdict',
      kind: 'switch',
      initially: true,
    },
    {
      key: 'sentences',
      label: 'Per sentence',
      hint: 'Score each sentence as well',
      kind: 'switch',
      initially: false,
    },
  ],
  manyInitially: false,
  One: SentimentVerdict,
  Many: SentimentTable,
};
