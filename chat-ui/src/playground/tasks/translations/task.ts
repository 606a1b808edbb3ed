import { Languages } from 'lucide-react';
import type { PlaygroundTask } from '../../task.ts';
import { TranslationsMany } from './many.tsx';
import { TranslationsOne } from './one.tsx';

export const translations: PlaygroundTask<'translations'> = {
  name: 'translations',
  title: 'Translation',
  icon: Languages,
  purpose: 'Texts in another language, with their paragraphs, lists, addresses and numbers as they were.',
  placeholder: 'Paste a message in English or Spanish…',
  starter: [
    'Hello Anna,',
    '',
    'thank you for your letter. We will answer before Friday.',
    '',
    '- You can read more at https://example.com/help.',
    '- The price is €12.50.',
  ].join('\n'),
  options: [
    {
      key: 'target',
      label: 'Into',
      hint: 'The language of the text is found by itself',
      kind: 'choice',
      initially: 'es',
      choices: [
        { value: 'es', label: 'Spanish' },
        { value: 'en', label: 'English' },
      ],
    },
  ],
  manyInitially: false,
  One: TranslationsOne,
  Many: TranslationsMany,
};
