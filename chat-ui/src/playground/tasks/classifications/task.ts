import { Tags } from 'lucide-react';
import type { PlaygroundTask } from '../../task.ts';
import { ClassificationTable, ClassificationVerdict } from './results.tsx';

export const classifications: PlaygroundTask<'classifications'> = {
  name: 'classifications',
  title: 'Classification',
  icon: Tags,
  purpose: 'Which of your labels a text has: by what they mean, or by a classifier trained on your rows.',
  placeholder: 'Paste a message to be sorted…',
  starter: 'I sent the shoes back two weeks ago and still have not seen my money.',
  usually: { name: 'By embeddings', models: ['classifications'] },
  options: [
    {
      key: 'labels',
      label: 'Labels',
      hint: 'Two or more, with commas between them',
      kind: 'words',
      initially: 'delivery, refund, payment, account and password',
      list: true,
    },
    {
      key: 'classifier',
      label: 'Classifier',
      hint: 'Instead of labels: the name of one that was trained here',
      kind: 'words',
      initially: '',
    },
  ],
  manyInitially: false,
  One: ClassificationVerdict,
  Many: ClassificationTable,
};
