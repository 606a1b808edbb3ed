import { Languages } from 'lucide-react';
import type { PlaygroundTask } from '../../task.ts';
import { LanguageTable, LanguageVerdict } from './results.tsx';

export const languages: PlaygroundTask<'languages'> = {
  name: 'languages',
  title: 'Languages',
  icon: Languages,
  purpose: 'Which language a text is in, and how sure that is.',
  placeholder: 'Paste a text in any of 60 languages…',
  starter: '¿Dónde está mi pedido? Lo compré hace dos semanas y todavía no ha llegado.',
  options: [
    {
      key: 'among',
      label: 'Among',
      hint: 'Codes of the languages it can be, such as en, es, fr',
      kind: 'words',
      initially: '',
      list: true,
    },
  ],
  manyInitially: false,
  One: LanguageVerdict,
  Many: LanguageTable,
};
